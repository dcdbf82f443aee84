export const channels = {
  title: 'Numbers',
};
