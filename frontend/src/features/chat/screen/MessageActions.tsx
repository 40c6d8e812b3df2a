import ButtonGroup, { type ButtonGroupProps } from "@cloudscape-design/components/button-group";
import { textOf } from "../core/text";
import type { ItemProps } from "./MessageItem";
import { Versions } from "./Versions";

const REGENERATE_WITH = "with:";

/** What can be done with a message, below it. */
export function MessageActions(props: ItemProps & { onEdit: () => void }) {
  const { message, number, of, busy, doing, onEdit } = props;
  const act = (id: string) => {
    if (id === "edit") onEdit();
    if (id === "regenerate") doing.regenerate(message);
    if (id === "go-on") doing.goOn(message);
    if (id.startsWith(REGENERATE_WITH)) {
      doing.regenerate(message, id.slice(REGENERATE_WITH.length));
    }
  };
  return (
    <div className="chat-actions">
      <Versions
        number={number}
        of={of}
        disabled={busy}
        onStep={(step) => doing.choose(message, step)}
      />
      <ButtonGroup
        ariaLabel="What to do with this message"
        variant="icon"
        items={itemsOf(props)}
        onItemClick={({ detail }) => act(detail.id)}
      />
    </div>
  );
}

function itemsOf({ message, busy, models }: ItemProps): ButtonGroupProps.Item[] {
  const copy: ButtonGroupProps.Item = {
    type: "icon-copy-to-clipboard",
    id: "copy",
    text: "Copy",
    textToCopy: textOf(message),
    copySuccessText: "Copied",
    copyErrorText: "It could not be copied. Select the text and copy it.",
  };
  if (message.role === "user") {
    return [
      copy,
      { type: "icon-button", id: "edit", iconName: "edit", text: "Edit", disabled: busy },
    ];
  }
  const again: ButtonGroupProps.Item[] = [
    {
      type: "icon-button",
      id: "regenerate",
      iconName: "refresh",
      text: "Answer again",
      disabled: busy,
    },
    {
      type: "menu-dropdown",
      id: "with",
      text: "Answer again with another model",
      iconName: "ellipsis",
      disabled: busy || models.length === 0,
      items: models.map((id) => ({ id: `${REGENERATE_WITH}${id}`, text: `Answer with ${id}` })),
    },
  ];
  const goOn: ButtonGroupProps.Item[] =
    message.status === "stopped" && textOf(message)
      ? [
          {
            type: "icon-button",
            id: "go-on",
            iconName: "angle-right-double",
            text: "Go on",
            disabled: busy,
          },
        ]
      : [];
  return [copy, ...goOn, ...again];
}
