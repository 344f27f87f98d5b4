// Short names for the generated API types. The generated file is the only source; nothing here adds a shape.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type HealthReport = Schemas["HealthReport"];
export type Session = Schemas["Session"];
export type Problem = Schemas["Problem"];
export type ProblemDocument = Schemas["ProblemDocument"];
export type Stage = Schemas["Stage"];
export type OrderSummary = Schemas["OrderSummary"];
export type Order = Schemas["Order"];
export type OrderDetail = Schemas["OrderDetail"];
export type OrderLine = Schemas["OrderLine"];
export type Address = Schemas["Address"];
export type Hold = Schemas["Hold"];
export type HoldReason = Schemas["HoldReason"];
export type FulfillmentOrder = Schemas["FulfillmentOrder"];
export type FulfillmentState = Schemas["FulfillmentState"];
export type HandOver = Schemas["HandOver"];
export type Shipment = Schemas["Shipment"];
export type WriteBack = Schemas["WriteBack"];
export type Attempt = Schemas["Attempt"];
export type Recorded = Schemas["Recorded"];
export type Actor = Schemas["Actor"];
export type ChangeRequest = Schemas["ChangeRequest"];
export type AttentionItem = Schemas["AttentionItem"];
export type Choice = Schemas["Choice"];
export type EditResult = Schemas["EditResult"];
export type Flow = Schemas["Flow"];
export type ConnectionView = Schemas["ConnectionView"];
export type ConnectionList = Schemas["ConnectionList"];
export type Connector = Schemas["ConnectorView"];
export type CheckResult = Schemas["CheckResult"];
export type HealthLevel = Schemas["Health"];
export type ServiceStatus = Schemas["ServiceStatus"];
export type ServiceState = Schemas["ServiceState"];
export type ServiceList = Schemas["ServiceList"];
export type Envelope = Schemas["Envelope"];
