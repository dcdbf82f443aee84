export const crm = {
  title: 'Leads',
};
