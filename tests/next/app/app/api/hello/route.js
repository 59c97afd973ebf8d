import { getActiveSpan, spanToJSON } from 'throughline/next';

export const dynamic = 'force-dynamic';

export async function GET() {
  const url = process.env.TEST_SERVICE;
  const heard = url ? await (await fetch(url)).json() : {};
  return Response.json({ heard, trace: spanToJSON(getActiveSpan()).trace_id });
}
