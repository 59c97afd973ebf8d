// What the configuration tells the server, which makes it in the same process.

/** Facts about the build, as the server needs them. */
export interface Told {
  /** Its folder, as `distDir` of the configuration. */
  distDir: string;
  /** Path of the tunnel, with that of the application in front; nothing: there is none. */
  tunnel?: string;
}

const TOLD = '_throughlineServer';
/** A standalone server does not make its configuration: it has that of the build, here. */
const STANDALONE = '__NEXT_PRIVATE_STANDALONE_CONFIG';

const DEFAULT = '.next';

/** @param distDir nothing: where Next.js puts builds */
export function tellServer({ distDir = DEFAULT, tunnel }: Partial<Told>): void {
  process.env[TOLD] = JSON.stringify({ distDir, ...(tunnel && { tunnel }) });
}

function read(name: string): Partial<Told> | undefined {
  try {
    return JSON.parse(process.env[name] ?? 'null') as Partial<Told> | undefined;
  } catch {
    return undefined;
  }
}

/** What is known of the build that this server runs. */
export function toldHere(): Told {
  const { distDir = DEFAULT, tunnel } = read(STANDALONE) ?? read(TOLD) ?? {};
  return { distDir, ...(tunnel && { tunnel }) };
}
