import picomatch from 'picomatch';
import {
  isTimeZone,
  type Opening,
  openingFrom,
  parseDuration,
  readClock,
  scheduleProblem,
  type WindowClock,
} from './window-schedule.ts';

/** A sync window of a project: when its applications may be synced, or may not. */
export interface SyncWindow {
  kind: 'allow' | 'deny';
  /** Five fields of cron: when it begins. */
  schedule: string;
  /** `1h30m`, `3d`; a minute to seven days. */
  duration: string;
  /** IANA name; the schedule is read on its clock. */
  timeZone: string;
  /** Globs of names. An application is covered when any list that is not empty matches it. */
  applications: string[];
  namespaces: string[];
  clusters: string[];
  /** Every list that is not empty must match. */
  andOperator: boolean;
  /** A person may sync although this window closes. */
  manualSync: boolean;
  /** What people call it; may be empty. */
  description: string;
}

export interface WindowSubject {
  application: string;
  namespace: string;
  cluster: string;
}

export interface WindowVerdict {
  /** Automatic sync may run. */
  open: boolean;
  /** `overridable`: closed, and every window that closes it lets people through. */
  manual: 'open' | 'overridable' | 'closed';
  /** The window to name to a person; null when open. */
  closedBy: SyncWindow | null;
  /** Epoch milliseconds of the next moment the answer may change; null when it never does. */
  changesAt: number | null;
  /** While closed: epoch milliseconds of the moment it is open again; null when open or when no end is in sight. */
  opensAt: number | null;
}

const LONGEST_MS = 7 * 86_400_000;
/** Stars of one glob: matching takes time to the power of them. */
const MOST_STARS = 4;
/** Beginnings and ends looked at to find when the answer changes, or when it opens. */
const MOST_STEPS = 100;

interface Track {
  window: SyncWindow;
  /** Null when the window cannot be read: then it closes. */
  clock: WindowClock | null;
  opening: Opening | null;
}

type Answer = Pick<WindowVerdict, 'open' | 'manual' | 'closedBy'>;

/**
 * Whether an application may be synced at `now` (epoch milliseconds). A deny window that is open closes; where any allow
 * window covers the application, it is open only inside one. A person passes when every window that closes says so
 * (Argo CD asks no allow window once every open deny window lets people through).
 */
export function judgeWindows(
  windows: readonly SyncWindow[],
  { now, ...subject }: WindowSubject & { now: number },
): WindowVerdict {
  const tracks = windows
    .filter((window) => covers(window, subject))
    .map((window): Track => {
      const clock = readClock(window);
      return { window, clock, opening: clock === null ? null : openingFrom(clock, now) };
    });
  const opensAt = openingMoment(
    tracks.map((track) => ({ ...track })),
    now,
  );
  const answer = answerAt(tracks, now);
  return { ...answer, changesAt: changeMoment(tracks, now, answer), opensAt: answer.open ? null : opensAt };
}

/** The first moment from `now` on at which nothing closes; null when none is in sight. Moves the tracks. */
function openingMoment(tracks: readonly Track[], now: number): number | null {
  let at: number = now;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { denies, outside } = closersAt(tracks, at);
    if (denies.length + outside.length === 0) return at;
    // While any of them lasts it stays closed, whatever begins or ends meanwhile.
    const next =
      denies.length > 0
        ? Math.max(...denies.map(({ opening }) => opening?.until ?? Infinity))
        : Math.min(...outside.map(({ opening }) => opening?.from ?? Infinity));
    if (next === Infinity) return null;
    at = next;
  }
  return null;
}

/** The first moment after `now` with another answer, or one to ask again at; null when none comes. Moves the tracks. */
function changeMoment(tracks: readonly Track[], now: number, answer: Answer): number | null {
  let at = nextEdge(tracks, now);
  for (let step = 0; at !== null && step < MOST_STEPS; step += 1) {
    if (!isSame(answer, answerAt(tracks, at))) return at;
    at = nextEdge(tracks, at);
  }
  return at;
}

/** Whether a window is about an application. */
export function covers(window: SyncWindow, { application, namespace, cluster }: WindowSubject): boolean {
  const verdicts = [
    { globs: window.applications, name: application },
    { globs: window.namespaces, name: namespace },
    { globs: window.clusters, name: cluster },
  ]
    .filter(({ globs }) => globs.length > 0)
    .map(({ globs, name }) => globs.some((glob) => picomatch.isMatch(name, glob, { dot: true, nonegate: true })));
  if (verdicts.length === 0) return false;
  return window.andOperator ? verdicts.every(Boolean) : verdicts.some(Boolean);
}

function isActive({ window, clock, opening }: Track, at: number): boolean {
  if (clock === null) return window.kind === 'deny';
  return opening !== null && opening.from <= at;
}

/** Moves every track to the opening that is open at `at` or comes next, and answers those that close then. */
function closersAt(tracks: readonly Track[], at: number): { denies: Track[]; outside: Track[] } {
  for (const track of tracks) {
    const until = track.opening?.until ?? null;
    if (track.clock !== null && until !== null && until <= at) track.opening = openingFrom(track.clock, at);
  }
  const denies = tracks.filter((track) => track.window.kind === 'deny' && isActive(track, at));
  const allows = tracks.filter((track) => track.window.kind === 'allow');
  return { denies, outside: allows.some((track) => isActive(track, at)) ? [] : allows };
}

function answerAt(tracks: readonly Track[], at: number): Answer {
  const { denies, outside } = closersAt(tracks, at);
  const closers = [...denies.toSorted(byLastEnd), ...outside.toSorted(byFirstBeginning)];
  const [first] = closers;
  if (first === undefined) return { open: true, manual: 'open', closedBy: null };
  const strict = closers.find((track) => !track.window.manualSync);
  return { open: false, manual: strict ? 'closed' : 'overridable', closedBy: (strict ?? first).window };
}

const byLastEnd = (a: Track, b: Track) => (b.opening?.until ?? Infinity) - (a.opening?.until ?? Infinity) || 0;
const byFirstBeginning = (a: Track, b: Track) => (a.opening?.from ?? Infinity) - (b.opening?.from ?? Infinity) || 0;

function isSame(a: Answer, b: Answer): boolean {
  return a.open === b.open && a.manual === b.manual && a.closedBy === b.closedBy;
}

/** The next beginning or end of any window after `at`; null when none comes. */
function nextEdge(tracks: readonly Track[], at: number): number | null {
  const edges = tracks.flatMap(({ opening }) => (opening === null ? [] : [opening.from, opening.until ?? at]));
  const coming = edges.filter((edge) => edge > at);
  return coming.length === 0 ? null : Math.min(...coming);
}

export interface WindowProblem {
  field: keyof SyncWindow;
  message: string;
}

/** Everything that is wrong with a window, each with its field and what to write instead; [] when it is well. */
export function checkWindow(window: SyncWindow): WindowProblem[] {
  const schedule = scheduleProblem(window.schedule);
  const duration = durationProblem(window.duration);
  return [
    ...(schedule === null ? [] : [{ field: 'schedule' as const, message: schedule }]),
    ...(duration === null ? [] : [{ field: 'duration' as const, message: duration }]),
    ...(isTimeZone(window.timeZone)
      ? []
      : [
          {
            field: 'timeZone' as const,
            message: `There is no time zone "${window.timeZone}". Write an IANA name such as Europe/Berlin, or UTC.`,
          },
        ]),
    ...coverageProblems(window),
  ];
}

function durationProblem(duration: string): string | null {
  const milliseconds = parseDuration(duration);
  if (milliseconds === null) return 'Write days, hours and minutes in this order, such as 1h30m or 3d.';
  if (milliseconds < 60_000) return 'A window lasts a minute at least.';
  return milliseconds > LONGEST_MS ? 'A window lasts seven days at most.' : null;
}

function coverageProblems(window: SyncWindow): WindowProblem[] {
  const lists = ['applications', 'namespaces', 'clusters'] as const;
  if (lists.every((field) => window[field].length === 0)) {
    const message = 'Name at least one application, namespace or cluster; * is every one.';
    return [{ field: 'applications', message }];
  }
  return lists.flatMap((field) => {
    const wrong = window[field].find((glob) => globProblem(glob) !== null);
    return wrong === undefined ? [] : [{ field, message: globProblem(wrong) ?? '' }];
  });
}

function globProblem(glob: string): string | null {
  if (!/^[-.\w*?]+$/.test(glob)) {
    return `"${glob}" is not a pattern of names: letters, digits, dashes, * for anything and ? for one character.`;
  }
  return glob.split('*').length - 1 > MOST_STARS ? `"${glob}" has more than ${MOST_STARS} stars.` : null;
}
