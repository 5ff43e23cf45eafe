/** Who commits to the sample repositories; none of them exists. */
export const PEOPLE = {
  mara: { name: 'Mara Lindqvist', email: 'mara@shop.example' },
  jonas: { name: 'Jonas Weber', email: 'jonas@shop.example' },
  priya: { name: 'Priya Raman', email: 'priya@shop.example' },
  amadou: { name: 'Amadou Keita', email: 'amadou@shop.example' },
  bot: { name: 'release-bot', email: 'release-bot@shop.example' },
} as const;

export interface StoryCommit {
  /** Name by which {@link SampleRepository} speaks of the revision. */
  label: string;
  author: keyof typeof PEOPLE;
  /** ISO 8601, UTC: part of the SHA, so never computed. */
  date: string;
  subject: string;
  body?: string;
  /** Path → new text, or null to delete. */
  files: Record<string, string | null>;
  /** Annotated tag on this commit. */
  tag?: string;
}

export interface Story {
  repository: string;
  description: string;
  commits: StoryCommit[];
}
