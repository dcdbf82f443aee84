export const insight = {
  title: 'Event log',
};
