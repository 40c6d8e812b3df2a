import Badge from "@cloudscape-design/components/badge";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Link from "@cloudscape-design/components/link";
import type { TableProps } from "@cloudscape-design/components/table";
import { moment } from "@/app/format";
import { sharedWith } from "./draft";
import type { Template } from "./types";

/** What can be done to a template of the list. */
export type TemplateAction = "show" | "edit" | "delete";

type Column = TableProps.ColumnDefinition<Template>;

/** The columns; who may not change a template is not offered to. */
export function templateColumns(
  act: (action: TemplateAction, template: Template) => void,
  mayChange: (template: Template) => boolean,
): Column[] {
  return [
    {
      id: "title",
      header: "Title",
      cell: (template) => <Link onFollow={() => act("show", template)}>{template.title}</Link>,
      sortingField: "title",
      isRowHeader: true,
      minWidth: 160,
    },
    {
      id: "type",
      header: "Type",
      cell: ({ type }) => (
        <Badge color={type === "persona" ? "blue" : "grey"}>
          {type === "persona" ? "Persona" : "Directive"}
        </Badge>
      ),
      sortingField: "type",
    },
    { id: "shared", header: "Shared with", cell: sharedWith },
    {
      id: "owner",
      header: "Owner",
      cell: (template) => (template.mine ? "me" : template.ownerName),
      sortingField: "ownerName",
    },
    {
      id: "updated",
      header: "Changed",
      cell: (template) => moment(template.updated),
      sortingField: "updated",
    },
    {
      id: "actions",
      header: "Actions",
      cell: (template) => (
        <ButtonDropdown
          variant="inline-icon"
          ariaLabel={`Actions for ${template.title}`}
          expandToViewport
          items={itemsFor(mayChange(template))}
          onItemClick={({ detail }) => act(detail.id as TemplateAction, template)}
        />
      ),
    },
  ];
}

function itemsFor(change: boolean) {
  const read = [{ id: "show", text: "Read" }];
  const more = [
    { id: "edit", text: "Change" },
    { id: "delete", text: "Delete" },
  ];
  return change ? [...read, ...more] : read;
}
