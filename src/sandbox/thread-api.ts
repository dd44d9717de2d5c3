/**
 * The API of the thread's world: what the forum thread takes for granted, served as if it were so. None of it exists
 * in Genesys Cloud; it is the example of a declared dataset and of the generic provider.
 *
 * `GET /api/v2/analytics/reporting/queues/summary` needs the scopes of `org.needs.queueSummary`
 * (`analytics:call-summary:read`). Parameters, all optional:
 *
 * | parameter | meaning |
 * |---|---|
 * | `from`, `to` | UTC instants on whole hours, `to` exclusive; default: the last hour that has ended |
 * | `pageSize` | 1 to 1000, default 100 |
 * | `pageNumber` | from 1 |
 *
 * At most 7 days a request, else 400 `{"code":"invalid_range",…}`. The answer, rows in order of `intervalStart`,
 * then `queueId`; a queue's hour without any call has no row; numbers are integers, durations milliseconds; a
 * duration that nothing produced is left out:
 *
 * ```json
 * { "from": "2026-11-23T09:00:00Z", "to": "2026-11-23T11:00:00Z",
 *   "pageNumber": 1, "pageSize": 100, "pageCount": 2, "total": 180,
 *   "nextUri": "/api/v2/analytics/reporting/queues/summary?from=…&to=…&pageSize=100&pageNumber=2",
 *   "summaries": [
 *     { "intervalStart": "2026-11-23T09:00:00Z", "intervalEnd": "2026-11-23T10:00:00Z",
 *       "queueId": "q-0011", "queueName": "Orders",
 *       "offered": 12, "answered": 10, "abandoned": 2, "answeredInTarget": 8,
 *       "waitMsSum": 184211, "waitMsMax": 60212, "talkMsSum": 2711010, "handleMsSum": 3100912 } ] }
 * ```
 * `nextUri` is absent on the last page; `summaries` may be empty.
 *
 * Errors are `{"code": "…", "message": "…"}`; a missing scope is 403 `insufficient_scope` with the RFC 6750 challenge
 * `WWW-Authenticate: Bearer error="insufficient_scope", scope="analytics:call-summary:read"`.
 */
