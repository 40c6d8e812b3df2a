import { useForm } from "react-hook-form";
import { FormModal } from "@/app/FormModal";
import { moment } from "@/app/format";
import { useNotices } from "@/app/notices";
import { useCaller } from "@/auth/session";
import { useTokenActions } from "./api";
import { LastsFields } from "./CreateTokenFields";
import { EMPTY, endOf, endProblem, type TokenDraft } from "./draft";
import type { ApiToken } from "./types";

/** Gives a token more time, or less. */
export function ChangeEnd({ token, close }: { token: ApiToken; close: () => void }) {
  const caller = useCaller();
  const { change } = useTokenActions();
  const { tell } = useNotices();
  const form = useForm<TokenDraft>({ defaultValues: EMPTY });
  const submit = form.handleSubmit(async (draft) => {
    const now = Date.now() / 1000;
    const problem = endProblem(draft, caller, now);
    if (problem) return form.setError("date", { message: problem });
    await change(token.tokenUUID, { tokenExpiration: endOf(draft, now) });
    tell("success", `“${token.name}” has another end.`);
    close();
  });
  const { tokenExpiration: end } = token;
  return (
    <FormModal
      header={`Change the end of “${token.name}”`}
      verb="Save"
      submit={submit}
      close={close}
    >
      <div>
        {end === null ? "It lasts for ever." : `Its end is ${moment(end * 1000)}.`} Its new time
        begins now.
      </div>
      <LastsFields form={form} />
    </FormModal>
  );
}
