const BUILD = 'phase-production-build';

/** Whether Next.js builds the application: whoever renders a page now is no visitor. */
export const isBuilding = (): boolean => process.env['NEXT_PHASE'] === BUILD;
