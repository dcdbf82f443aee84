/** The screens of this area. Each is loaded when it is first opened. */
export const insightRoutes = [] as const;
