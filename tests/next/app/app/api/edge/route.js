import { getTraceData } from 'throughline/next';

export const runtime = 'edge';

export async function GET() {
  const heard = await (await fetch(process.env.TEST_SERVICE, { cache: 'no-store' })).json();
  // What goes on after others were answered is in the same trace.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return Response.json({ heard, later: getTraceData(), runtime: typeof EdgeRuntime });
}
