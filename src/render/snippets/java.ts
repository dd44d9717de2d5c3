import type { RightCall, RightRequest, RightText } from '../../core/index.ts';
import { bodyText, comments, formOf, joined, quotedAscii } from './literal.ts';

const env = (name: string): string => `env("${name}")`;
const value = (text: RightText): string => joined(text, env, quotedAscii);

/** In Java 11 and later: `java Right.java` runs it as it stands. */
export function java(request: RightRequest, head: readonly string[]): string {
  const { token, call } = request;
  const basic = token.auth === 'basic';
  return [
    ...comments([...head, 'Run it with: java Right.java'], '//'),
    'import java.net.URI;',
    'import java.net.URLEncoder;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpRequest.BodyPublishers;',
    'import java.net.http.HttpResponse.BodyHandlers;',
    'import java.nio.charset.StandardCharsets;',
    ...(call?.body === 'file' ? ['import java.nio.file.Path;'] : []),
    ...(basic ? ['import java.util.Base64;'] : []),
    ...(call ? ['import java.util.regex.Pattern;'] : []),
    '',
    'public class Right {',
    '  static String env(String name) {',
    '    String value = System.getenv(name);',
    '    if (value == null || value.isEmpty()) throw new IllegalStateException(name + " is not set");',
    '    return value;',
    '  }',
    '',
    '  static String encoded(String text) {',
    '    return URLEncoder.encode(text, StandardCharsets.UTF_8);',
    '  }',
    '',
    '  static String send(HttpRequest request) throws Exception {',
    '    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());',
    '    if (response.statusCode() >= 300) {',
    '      System.err.println("HTTP " + response.statusCode() + " " + response.body());',
    '      System.exit(1);',
    '    }',
    '    return response.body();',
    '  }',
    '',
    '  public static void main(String[] args) throws Exception {',
    `    String form = ${form(request)};`,
    ...(basic ? header(token.formEncoded) : []),
    `    String answer = send(HttpRequest.newBuilder(URI.create(${value(token.url)}))`,
    '        .header("Content-Type", "application/x-www-form-urlencoded")',
    ...(basic ? ['        .header("Authorization", "Basic " + pair)'] : []),
    '        .POST(BodyPublishers.ofString(form)).build());',
    ...(call ? calling(call) : ['    System.out.println("a token was issued");']),
    '  }',
    '}',
    '',
  ].join('\n');
}

function form(request: RightRequest): string {
  return formOf(request)
    .map(
      ({ name, value: given }, i) => `${quotedAscii(`${i ? '&' : ''}${name}=`)} + encoded(${value(given)})`,
    )
    .join('\n        + ');
}

function header(formEncoded: boolean): string[] {
  const part = (name: string) => (formEncoded ? `encoded(${env(name)})` : env(name));
  return [
    `    String pair = Base64.getEncoder().encodeToString(`,
    `        (${part('CLIENT_ID')} + ":" + ${part('CLIENT_SECRET')}).getBytes(StandardCharsets.UTF_8));`,
  ];
}

function calling(call: RightCall): string[] {
  const known = bodyText(call);
  const publisher =
    call.body === 'file'
      ? 'BodyPublishers.ofFile(Path.of("body.json"))'
      : known === undefined
        ? 'BodyPublishers.noBody()'
        : `BodyPublishers.ofString(${quotedAscii(known)})`;
  return [
    `    var token = Pattern.compile("\\"access_token\\"\\\\s*:\\\\s*\\"([^\\"]+)\\"").matcher(answer);`,
    '    if (!token.find()) throw new IllegalStateException("the answer holds no access_token");',
    `    System.out.println(send(HttpRequest.newBuilder(URI.create(${value(call.url)}))`,
    '        .header("Authorization", "Bearer " + token.group(1))',
    ...(call.body === undefined ? [] : ['        .header("Content-Type", "application/json")']),
    `        .method("${call.method}", ${publisher}).build()));`,
  ];
}
