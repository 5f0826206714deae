/**
 * What things of programming are: pnpm is a package manager, so a lesson about pnpm answers a question about the
 * package manager. Names that are everyday words as well ("go", "make", "less", "solid", "requests") are left out where
 * they would be taken for the word.
 */
import { termsOf } from './terms.ts';

/** The ways a kind is asked for, `/` between them, and the names of that kind. */
const table: readonly (readonly [kinds: string, names: string])[] = [
  [
    'package manager/dependency manager/packages manager',
    'npm pnpm yarn bun pip pipenv poetry uv conda cargo composer bundler maven gradle nuget brew apt',
  ],
  [
    'test framework/testing framework/test runner/testing library/test library/testing tool',
    'jest vitest mocha jasmine ava pytest unittest junit testng rspec minitest phpunit nunit xunit playwright cypress selenium',
  ],
  [
    'end to end/e2e/browser test/browser automation',
    'playwright cypress selenium puppeteer webdriver testcafe',
  ],
  ['mocking library/mock library/mocking framework', 'msw nock sinon mockito testdouble'],
  [
    'database/db/data store/datastore',
    'postgres postgresql mysql mariadb sqlite mongodb mongo redis dynamodb oracle mssql cassandra duckdb firestore supabase',
  ],
  [
    'orm/query builder/database library/object relational mapper',
    'prisma drizzle typeorm sequelize mikroorm sqlalchemy hibernate mongoose knex kysely',
  ],
  [
    'linter/linting tool/lint tool',
    'eslint biome tslint ruff flake8 pylint rubocop golangci clippy stylelint oxlint',
  ],
  ['formatter/formatting tool/code format', 'prettier biome gofmt rustfmt dprint yapf autopep8'],
  [
    'bundler/build tool/build system',
    'webpack vite rollup esbuild parcel turbopack rspack swc cmake bazel gradle maven turborepo',
  ],
  [
    'ui framework/frontend framework/component library/ui library/frontend library',
    'react vue svelte angular preact lit nextjs nuxt astro remix',
  ],
  ['css framework/styling library/styling solution/styling', 'tailwind sass scss bootstrap css'],
  ['state management/state library/state manager', 'redux zustand mobx jotai recoil pinia vuex xstate'],
  [
    'web framework/backend framework/server framework/api framework',
    'express fastify koa nestjs hono django flask fastapi rails laravel aspnet actix axum',
  ],
  ['http client/http library', 'axios fetch undici ky httpx reqwest okhttp'],
  ['date library/time library/date handling', 'moment dayjs luxon temporal joda arrow pendulum'],
  ['validation library/schema library/schema validation', 'zod yup joi ajv valibot pydantic'],
  [
    'logger/logging library/logging framework',
    'winston pino bunyan log4j slf4j loguru structlog zap zerolog',
  ],
  [
    'ci/continuous integration/ci system/build server',
    'jenkins circleci travis buildkite teamcity gitlab github',
  ],
  [
    'cloud provider/hosting provider/hosting/cloud platform',
    'aws azure gcp vercel netlify heroku cloudflare digitalocean hetzner',
  ],
  ['container runtime/container tool/containers', 'docker podman containerd kubernetes'],
  ['shell', 'bash zsh powershell sh'],
  ['editor/ide', 'vscode vim neovim emacs intellij webstorm pycharm xcode'],
  ['version control/vcs', 'git svn mercurial jujutsu'],
  ['monorepo tool/task runner', 'nx turborepo lerna gulp grunt justfile makefile'],
  [
    'programming language/language',
    'typescript javascript python rust golang java kotlin scala swift ruby php elixir haskell clojure csharp cplusplus',
  ],
  ['message queue/message broker/event bus/queue', 'kafka rabbitmq sqs bullmq nats celery sidekiq'],
  ['search engine', 'elasticsearch opensearch meilisearch algolia typesense solr'],
  [
    'authentication library/auth provider/identity provider/auth library',
    'oauth auth0 clerk keycloak okta cognito',
  ],
  ['documentation tool/docs generator', 'typedoc jsdoc sphinx mkdocs docusaurus doxygen'],
  ['naming convention/naming style/case style', 'camelcase snakecase kebabcase pascalcase'],
  ['indentation', 'tabs spaces'],
  ['infrastructure tool/infrastructure as code', 'terraform pulumi cloudformation ansible'],
];

const wholeTerm = (name: string) => termsOf(name)[0] ?? '';

interface Kind {
  readonly terms: readonly string[];
  readonly names: readonly string[];
}

let byFirst: ReadonlyMap<string, readonly Kind[]> | undefined;

function kindsByFirst(): ReadonlyMap<string, readonly Kind[]> {
  if (byFirst !== undefined) return byFirst;
  const made = new Map<string, Kind[]>();
  for (const [kinds, names] of table) {
    const all = names.split(' ').map(wholeTerm);
    for (const kind of kinds.split('/')) {
      const terms = termsOf(kind);
      const [first] = terms;
      if (first !== undefined) made.set(first, [...(made.get(first) ?? []), { terms, names: all }]);
    }
  }
  byFirst = made;
  return made;
}

/**
 * The names of the kinds that a text speaks of, by each index term of the kind: "which package manager" gives
 * `packag` and `manag` the terms of npm, pnpm, yarn …
 * @param terms the index terms of the text, in the order said.
 */
export function namesOfKindsIn(terms: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  terms.forEach((first, at) => {
    for (const kind of kindsByFirst().get(first) ?? []) {
      if (!kind.terms.every((term, step) => terms[at + step] === term)) continue;
      for (const term of kind.terms) {
        const names = found.get(term) ?? [];
        found.set(term, names);
        for (const name of kind.names) if (!names.includes(name)) names.push(name);
      }
    }
  });
  return found;
}
