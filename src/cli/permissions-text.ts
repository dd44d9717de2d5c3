/** What an endpoint needs, for people. */
import { onScreen, type KnownCatalogue, type SmallestRole } from '../catalogue/index.ts';
import type { CatalogueEntry, Nearest } from '../core/index.ts';
import { listed, visibleLine } from '../core/index.ts';

export interface Answer {
  /** As the user asked, in one line. */
  readonly asked: { readonly method: string; readonly path: string };
  readonly exists: boolean | 'unknown';
  readonly entry: CatalogueEntry | undefined;
  readonly nearest: readonly Nearest[];
}

export interface Frame {
  readonly catalogue: KnownCatalogue;
  /** Roles on the client decide, not scopes (Genesys Cloud with client credentials). */
  readonly roles: boolean;
}

/** All answers, and whence they come, ending in a line feed. */
export function answersText(answers: readonly Answer[], frame: Frame): string {
  const { source, date } = frame.catalogue;
  const found = answers.some(({ entry }) => entry !== undefined);
  return `${answers.map((answer) => answerText(answer, frame)).join('\n')}${found ? `\nSource: ${source} (${date})\n` : ''}`;
}

/** One answer as lines, ending in a line feed. */
export function answerText(answer: Answer, frame: Frame): string {
  const lines = answer.entry ? foundLines(answer.entry, answer, frame) : missingLines(answer, frame);
  return `${lines.join('\n')}\n`;
}

function foundLines(entry: CatalogueEntry, { asked }: Answer, { roles }: Frame): string[] {
  const written = visibleLine(asked.path);
  const lines = [`${entry.method} ${entry.path}`];
  if (written !== entry.path) lines.push(field('asked as', `${asked.method} ${written}`));
  lines.push(
    ...ruleLines(entry, roles),
    ...scopeLines(entry, roles),
    field('client credentials', clientWords(entry)),
  );
  if (entry.divisionAware === true) {
    lines.push(field('divisions', 'only rows of divisions in which the permission is held'));
  } else if (entry.divisionAware === false) {
    lines.push(field('divisions', 'make no difference'));
  }
  if (entry.preview) lines.push(field('preview', 'may change or not be there in every org'));
  return lines;
}

function ruleLines({ rule }: CatalogueEntry, roles: boolean): string[] {
  switch (rule.type) {
    case 'none':
      return [field('permission', 'none needed')];
    case 'unknown':
      return roles ? [field('permission', 'not documented')] : [];
    case 'ANY':
    case 'ALL': {
      const head = rule.permissions.length === 1 ? '' : rule.type === 'ANY' ? 'any one of' : 'all of';
      const names = rule.permissions.flatMap((name) => [name, `  on screen: ${onScreen(name)}`]);
      return [...(head ? [head, ...names.map((name) => `  ${name}`)] : names)].map((text, i) =>
        field(i === 0 ? 'permission' : '', text),
      );
    }
  }
}

function scopeLines({ scopes, scopeSets }: CatalogueEntry, roles: boolean): string[] {
  const sets = scopeSets?.filter((set) => set.length > 0).map((set) => listed(set));
  const words = sets && sets.length > 0 ? sets.join('; or ') : listed(scopes, 'or');
  if (words === '') return [field('scopes', 'none named')];
  const lines = [field('scopes', words)];
  if (roles) lines.push(field('', '(with client credentials the roles on the client decide, not these)'));
  return lines;
}

function clientWords({ clientCredentials }: CatalogueEntry): string {
  if (clientCredentials === true) return 'yes';
  if (clientCredentials === false) return 'no: it needs a user; use a user grant or another endpoint';
  return 'not documented';
}

function missingLines({ asked, exists, nearest }: Answer, { catalogue }: Frame): string[] {
  const what = `${asked.method} ${visibleLine(asked.path)}`;
  const checked = catalogue.absence(asked.method, asked.path);
  const lines =
    checked !== undefined
      ? [what, remark('does not exist: it is not in'), remark(`${checked.source} (${checked.date})`)]
      : [
          what,
          remark('is not in the built-in catalogue: nothing is known of it, nor whether it exists'),
          remark("'why403 catalogue update' reads all endpoints from the org's own document"),
        ];
  if (nearest.length > 0) {
    lines.push(remark(exists === false ? 'nearest real endpoints:' : 'nearest endpoints that are known:'));
    nearest.forEach(({ method, path, why }, i) => {
      lines.push(`    ${i + 1}. ${method} ${path}`);
      if (why) lines.push(`       ${why}`);
    });
  }
  return lines;
}

function field(name: string, text: string): string {
  return `  ${(name === '' ? '' : `${name}:`).padEnd(20)}${text}`;
}

function remark(text: string): string {
  return `  ${text}`;
}

/** The smallest role as clicks, with what was chosen and what stays open. */
export function clicks(role: SmallestRole, roleName: string): string {
  const lines = [
    `1. An admin opens Admin > People & Permissions > Roles/Permissions`,
    `   (in the newer menu: User Management > Roles and Permissions) and clicks Add Role.`,
    `2. Name it '${roleName}' and tick, and nothing else:`,
    ...role.permissions.map((name) => `     ${onScreen(name)}   (${name})`),
    `3. Save, and give the role to the OAuth client: Admin > Integrations > OAuth > the client > Roles,`,
    `   with every division whose data is wanted. The admin must hold the role too.`,
    `4. Wait a few minutes, then prove it: why403 diagnose`,
  ];
  return `${[...(role.permissions.length > 0 ? lines : ['No permission is needed, so any role will do.']), ...remarks(role)].join('\n')}\n`;
}

/** What the smallest role had to choose or could not know. */
export function remarks(role: SmallestRole): string[] {
  return [
    ...role.choices
      .filter(({ others }) => others.length > 0)
      .map(
        ({ endpoint, chosen, others }) =>
          `${endpoint}: ${chosen} was chosen; ${listed(others, 'or')} would do as well.`,
      ),
    ...role.unknown.map(
      (endpoint) => `${endpoint}: what it needs is not documented, so the role may lack it.`,
    ),
  ];
}
