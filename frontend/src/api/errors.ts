/** What an API refused or failed at, in its own words: `{"error": name, "message": sentences}`. */
export class ApiError extends Error {
  override readonly name: string;

  constructor(
    readonly status: number,
    name: string,
    message: string,
    readonly details: unknown = undefined,
  ) {
    super(message);
    this.name = name;
  }

  /** Whether the sign-in is over: the page signs in again and nothing that was typed is lost. */
  get signedOut(): boolean {
    return this.status === 401;
  }
}

/** What stands before our functions answers these, and does not say what to do. */
const UNSAID: Record<number, string> = {
  401: "Your sign-in is no longer taken. Load the page again to sign in.",
  403: "You may not do this. Ask an administrator, if you should.",
  413: "This is too large to be sent.",
  429: "There are too many requests. Wait a moment, and try again.",
  503: "The server is not there at the moment. Try again soon.",
  504: "The server took too long. Try again.",
};

/** Return the error that an answer's body describes, whichever of our parts it is from. */
export function errorOf(status: number, body: unknown): ApiError {
  const { error, message, details } = (body ?? {}) as Record<string, unknown>;
  if (typeof error === "string" && typeof message === "string") {
    return new ApiError(status, error, message, details);
  }
  if (typeof error === "object" && error !== null && "message" in error) {
    const code = "code" in error ? String(error.code) : "GatewayError";
    return new ApiError(status, code, String(error.message));
  }
  const said = UNSAID[status] ?? `The server answered ${status}. Try again.`;
  return new ApiError(status, "UnknownError", said);
}

/** Return any error as a sentence for people. */
export function sentence(error: unknown): string {
  if (error instanceof ApiError) return [error.message, ...reasons(error.details)].join(" ");
  if (error instanceof TypeError) {
    return "The server could not be reached. Check your connection, and try again.";
  }
  return error instanceof Error ? error.message : String(error);
}

/** What is wrong with each field, where an answer lists it: `{"field", "message"}`. */
function reasons(details: unknown): string[] {
  if (!Array.isArray(details)) return [];
  return details.flatMap(({ field, message }: Record<string, unknown>) =>
    typeof message === "string" ? [field ? `${field}: ${message}` : message] : [],
  );
}
