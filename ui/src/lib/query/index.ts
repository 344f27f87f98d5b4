export { FIELDS } from "./fields";
export { type Condition, type Fault, parseQuery, type Span, type Term } from "./parse";
export { type KnownValues, type Suggestion, suggest } from "./suggest";
export { queryText, replaced, type Wish, without } from "./text";
