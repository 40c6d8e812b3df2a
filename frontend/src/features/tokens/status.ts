import type { ApiToken } from "./types";

export type TokenStatus = "Ended" | "Ends soon" | "Good";

const SOON = 7 * 86_400;

/** What a token is at a moment (Unix seconds); the server's word that it ended counts, too. */
export function statusOf(token: ApiToken, now: number): TokenStatus {
  const end = token.tokenExpiration;
  if (token.isExpired || (end !== null && end <= now)) return "Ended";
  return end !== null && end - now < SOON ? "Ends soon" : "Good";
}

/** Of which kind it is, in words. */
export function kindOf(token: ApiToken): string {
  if (token.isLegacy) return "Put by hand";
  return token.isSystemToken ? "System" : "Personal";
}

/** A program that uses a token, ready to be pasted: the token itself is not in it. */
export function example(serveUrl: string, model: string): string {
  return `import os

from openai import OpenAI

client = OpenAI(base_url="${serveUrl}", api_key=os.environ["LISA_TOKEN"])
answer = client.chat.completions.create(
    model="${model}", messages=[{"role": "user", "content": "Hello"}]
)
print(answer.choices[0].message.content)
`;
}
