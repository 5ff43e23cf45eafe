import { readdir, readFile } from 'node:fs/promises';

interface Process {
  pid: number;
  parent: number;
  name: string;
  rssKb: number;
}

async function readProcess(pid: string): Promise<Process | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const numberOf = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return status === '' ? null : { pid: Number(pid), parent: numberOf('PPid'), name: command, rssKb: numberOf('VmRSS') };
}

/** Resident MiB of the process below this one whose title holds `title`. Needs Linux's /proc. */
export async function residentMib(title: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = new Map<number, Process>();
  for (const found of await Promise.all(pids.map(readProcess))) if (found) all.set(found.pid, found);
  const isOurs = (one: Process | undefined): boolean =>
    one !== undefined && (one.parent === process.pid || isOurs(all.get(one.parent)));
  const found = [...all.values()].find((one) => one.name.includes(title) && isOurs(one));
  if (!found) throw new Error(`no process ${title} runs below this one`);
  return found.rssKb / 1_024;
}

/** {@link residentMib} once it has stopped growing: the highest of five looks a second apart that differ by less than 2 MiB. */
export async function settledMib(title: string): Promise<number> {
  const deadline = performance.now() + 90_000;
  let looks: number[] = [];
  while (performance.now() < deadline) {
    looks = [...looks, await residentMib(title)].slice(-5);
    if (looks.length === 5 && Math.max(...looks) - Math.min(...looks) < 2) return Math.max(...looks);
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000);
    });
  }
  return Math.max(...looks);
}
