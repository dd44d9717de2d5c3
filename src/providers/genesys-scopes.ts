/**
 * The OAuth scopes of Genesys Cloud: the 134 that operations of the Platform API definition of 2026-07-19 name.
 * A scope is `noun` or `noun:readonly`; `domain:entity:action` is the form of a permission, which is something else.
 */
const WITH_READONLY = `ai-studio alerting analytics architect assistants authorization billing business-rules
case-management coaching content-management conversations data-privacy devices dialog employee-engagement
employee-performance external-contacts fax gamification gdpr geolocation greetings groups identity-providers
infrastructureascode integrations journey knowledge language-understanding learning license locations logcapture
messaging messaging-platform oauth organization organization-authorization outbound presence process-automation
quality recordings response-management routing scim screen-monitoring scripts social-media
speech-and-text-analytics stations telephony textbots usage user-recordings users users-rules voicemail web-chat
webdeployments widgets workforce-management workitems`.split(/\s+/);

const ALONE = 'data-extensions notifications upload user-basic-info audits:readonly search:readonly'.split(
  ' ',
);

const SCOPES: ReadonlySet<string> = new Set([
  ...WITH_READONLY.flatMap((noun) => [noun, `${noun}:readonly`]),
  ...ALONE,
]);

/** Whether an operation of the platform names this scope. Scopes are case-sensitive (RFC 6749 §3.3). */
export function isGenesysScope(scope: string): boolean {
  return SCOPES.has(scope);
}
