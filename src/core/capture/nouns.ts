/** Nouns that stood at the head of a sentence, as they stand in its middle. */

/** Names that look like any other word at the head of a sentence. */
const names = new Set(
  `Kubernetes Postgres Redis Jenkins Windows Keycloak Rails Pandas Cypress Sass Less Express Nuxt Vue React Angular Svelte
  Docker Terraform Ansible Helm Python Java Kotlin Swift Rust Ruby Scala Django Flask Laravel Symfony Spring Gradle Maven
  Linux Ubuntu Debian Android Unity Unreal Blender Figma Slack Jira Linear Notion Sentry Grafana Prometheus Kafka Celery
  Claude Copilot Cursor Gemini Codex Git Bun Deno Vite Jest Vitest Playwright Storybook Tailwind Bootstrap Prisma Drizzle
  Supabase Firebase Stripe Vercel Netlify Azure Google Amazon Microsoft Apple English German French Spanish Italian Polish
  Russian Chinese Japanese Korean Portuguese Dutch Turkish British American European Monday Tuesday Wednesday Thursday
  Friday Saturday Sunday January February April June July August September October November December`.split(
    /\s+/,
  ),
);
/** Endings that make a noun of something else, and plain nouns without a number. */
const common =
  /^(?:[A-Z][a-z]+(?:tion|sion|ment|ing|ness|ity|ance|ence|age|ology|ics)|Code|Data|Config|Text|Input|Output|Money|Business|Logic|Work|State|Test|Error|Database|File|User|Everything|Anything|Nothing|Everyone|Nobody|Someone|Any|Every|Each|All|No|Both|Only|Such|Other|New|Old|Public|Private|Internal|External|Generated|Shared|Global|Local|Long|Short|Large|Small)$/;

/** A subject as it stands in the middle of a sentence: its first word small, unless it is a name. */
export function lowered(subject: string): string {
  const word = /^[A-Z][a-z]+(?![\w.-]*[A-Z_.])/.exec(subject)?.[0];
  if (word === undefined || names.has(word)) return subject;
  const plural = /[a-rt-z]s$/.test(word) && !/(?:us|is|ics)$/.test(word);
  /* "Feature flags", "Error messages": the first of two nouns is seldom a name. */
  const compound = /^[A-Z][a-z]+ [a-z-]*[a-rt-z]s$/.test(subject);
  const small =
    plural ||
    compound ||
    common.test(word) ||
    /^(?:The|This|That|A|An|It|Our|Your|My|Their|We|You|They|There|These|Those|If|When)$/.test(word);
  return small ? word.toLowerCase() + subject.slice(word.length) : subject;
}
