// GENERATED from openapi/switchyard.json by `npm run gen:api`. Do not edit.

export interface paths {
    "/api/v1/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads when a second person has to agree. */
        get: operations["get_approval"];
        /** Writes when a second person has to agree. It counts for edits from then on. */
        put: operations["change_approval"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the articles somebody has said something about. */
        get: operations["list_articles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads what is known of an article; of one that nobody has said anything about, version 0. */
        get: operations["get_article"];
        /** Writes what is known of an article. It counts for whatever is planned from then on. */
        put: operations["change_article"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what waits for a person. */
        get: operations["list_attention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists every warehouse's calendar. */
        get: operations["list_calendars"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars/{warehouse}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes a warehouse's calendar. It counts for whatever is planned from then on. */
        put: operations["change_calendar"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists shops and warehouse systems with their health. */
        get: operations["list_connections"];
        put?: never;
        /** Sets up a connection after trying its real read path. Nothing is kept when that fails. */
        post: operations["add_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a connection's real read path now. */
        post: operations["check_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops reading from and sending to a connection. */
        post: operations["pause_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes on reading from and sending to a connection. */
        post: operations["resume_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the kinds of systems a connection can be set up for. */
        get: operations["list_connectors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/edit-windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads the edit windows. */
        get: operations["get_edit_windows"];
        /** Writes the edit windows. They count for whatever is planned from then on. */
        put: operations["change_edit_windows"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Streams live events as server-sent events: `id` is the journal position, `data` an `Envelope`. Daemon only.
         * @description A caller more than 5,000 events behind gets one event `events.skipped` with every tag and goes on from the present.
         */
        get: operations["stream_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/flow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads the live map. */
        get: operations["get_flow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says whether Switchyard runs. Needs no sign-in. */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists orders. */
        get: operations["list_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads one order with everything that belongs to it. */
        get: operations["get_order"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes where an order ships to. */
        put: operations["edit_order_address"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/attention/{matter}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Settles a matter that waited for a person. */
        post: operations["settle_attention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels an order: nothing ships. */
        post: operations["cancel_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes an order in any way a person may: one edit or several, as a whole or not at all. */
        post: operations["edit_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Places a hold: the order is not released while it has one. */
        post: operations["place_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/holds/{hold}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lifts a hold. */
        post: operations["lift_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/lines/{line}/quantity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Reduces the units of a line. */
        put: operations["edit_line_quantity"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says what a draft of edits would come to, changing nothing: the diff, the new plan with its cost, the stock it moves,
         *     what warehouses would be asked. A draft on an older revision is answered with both sides of the conflict.
         */
        post: operations["preview_edits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leaves edits for somebody who may make them: a matter on the order, settled with `approve` or `decline`. Whoever
         *     approves lends the powers; where two people have to agree, it has to be somebody else.
         */
        post: operations["propose_edits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads the newest payload the shop sent for an order. */
        get: operations["get_order_raw"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes the edit window now: the order goes to its warehouses. */
        post: operations["release_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads what happened to an order: who, what, why, before, after. */
        get: operations["get_order_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/write-backs/{write_back}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reports to the shop again what it had refused. */
        post: operations["retry_write_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/write-backs/{write_back}/waive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Declares that the shop need not be told, with the reason. */
        post: operations["waive_write_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists returns. */
        get: operations["list_returns"];
        put?: never;
        /** Announces that goods of an order will come back; their warehouse is told where its system takes notice. */
        post: operations["announce_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads one return. */
        get: operations["get_return"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls a return off that has not arrived: it will not come. */
        post: operations["cancel_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/items/{item}/customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Decides what the customer gets for an item. Money and goods move outside. */
        put: operations["decide_return_customer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/items/{item}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes some units of an item an item of their own, behind it. */
        post: operations["split_return_item"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/items/{item}/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Decides what becomes of an item's goods; what goes back on the shelf is booked. */
        put: operations["decide_return_stock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Counts units of a return in, announced or not. */
        post: operations["receive_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads the hold rules. */
        get: operations["get_hold_rules"];
        /** Writes the next version of the hold rules; orders that are still ours are looked at again. */
        put: operations["change_hold_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/holds/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks which stored orders other hold rules would hold, changing nothing. */
        post: operations["try_hold_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/holds/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads one version of the hold rules. */
        get: operations["get_hold_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/routing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads the routing rules. */
        get: operations["get_routing_rules"];
        /** Writes the next version of the routing rules. */
        put: operations["change_routing_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/routing/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plans stored orders under other routing rules, changing nothing. */
        post: operations["try_routing_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/routing/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads one version of the routing rules. */
        get: operations["get_routing_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the engine's services with their state, backlog and remedy. */
        get: operations["list_services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says who the server takes the caller for; 401 when for nobody. */
        get: operations["get_session"];
        put?: never;
        /** Turns a one-time ticket into a session cookie. Daemon only. */
        post: operations["sign_in"];
        /** Ends the session. Daemon only. */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists stock levels. */
        get: operations["list_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{warehouse}/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads one level with its movements. */
        get: operations["get_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{warehouse}/{sku}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets units aside: they are on the shelf and may not be promised. */
        post: operations["block_stock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{warehouse}/{sku}/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Corrects the count of a level. */
        post: operations["correct_stock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{warehouse}/{sku}/earmark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps units for one shop: the others may not sell them. */
        post: operations["earmark_stock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{warehouse}/{sku}/safety": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets how many units of a level are never promised. What is reserved already stays reserved. */
        put: operations["set_safety_stock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{warehouse}/{sku}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts units that were set aside up for sale again. */
        post: operations["unblock_stock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists transfers. */
        get: operations["list_transfers"];
        put?: never;
        /** Announces goods to a warehouse: they are expected there from now on. The warehouse itself is told by people. */
        post: operations["announce_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads one transfer. */
        get: operations["get_transfer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records that a transfer went a step further. */
        post: operations["advance_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/lines/{line}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Explains a difference by name, so that the transfer can be closed. */
        post: operations["explain_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/lines/{line}/put-away": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts counted units on the shelf, or sets them aside. */
        post: operations["put_away_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/lines/{line}/receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Counts units of a line in. They are not for sale before they are put away. */
        post: operations["receive_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads all figures for a monitoring system. */
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description What a caller may do; each role includes the ones before it.
         * @enum {string}
         */
        Access: "viewer" | "operator" | "admin";
        /** @description Who acted. */
        Actor: {
            /** @enum {string} */
            kind: "person";
            /** @description Sign-in name. */
            name: string;
        } | {
            /** @enum {string} */
            kind: "service";
            /** @description Registered name. */
            name: string;
        } | {
            /** @enum {string} */
            kind: "partner";
            /** @description Connection name. */
            name: string;
        };
        /** @description Where a parcel goes. Fields are kept as the shop sent them; [`Address::missing`] says what a carrier needs and lacks. */
        Address: {
            /** @description Town. */
            city: string;
            /** @description Company, empty for a private person. */
            company: string;
            /** @description ISO 3166-1 alpha-2, upper case. */
            country: string;
            /** @description Street and number. */
            line1: string;
            /** @description Floor, suite, building. */
            line2: string;
            /** @description The recipient's full name. */
            name: string;
            /** @description Telephone for the carrier. */
            phone: string;
            /** @description Postcode, empty where the country has none. */
            postcode: string;
            /** @description State or province code where the country uses one. */
            province: string;
        };
        /** @description Another destination. */
        AddressEdit: {
            /** @description Only say what would change. */
            dry_run?: boolean;
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The revision the decision was made on.
             */
            revision: number;
            /** @description The whole new address. */
            ship_to: components["schemas"]["Address"];
        };
        /** @description What happens to the units once the warehouse has given them up. */
        Afterwards: {
            /** @enum {string} */
            kind: "cancelled";
        } | {
            /** @enum {string} */
            kind: "planned_at";
            /** @description The warehouse somebody chose. */
            warehouse: components["schemas"]["WarehouseId"];
        } | {
            /** @enum {string} */
            kind: "planned_anew";
            /** @description What the order says then: another address, shipping option or lot. */
            with: components["schemas"]["Ask"];
        };
        /** @description Units of one line from one warehouse. */
        Allocation: {
            /** @description Line id. */
            line: string;
            /**
             * Format: int32
             * @description Units, at least 1.
             */
            quantity: number;
            /** @description Warehouse id. */
            warehouse: string;
        };
        /** @description Units of one article that are sent. */
        AnnouncedLine: {
            /** @description What. */
            sku: string;
            /**
             * Format: int32
             * @description How many, at least 1.
             */
            units: number;
        };
        /** @description What a warehouse answered. */
        Answer: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description Units given up, by line; empty when none, or when it was about something else. */
            given_up: components["schemas"]["LineUnits"][];
            /** @description Units asked for and not given up, by line. */
            kept: components["schemas"]["LineUnits"][];
            /** @description Why not, in the warehouse's words; empty for a whole yes. */
            reason: string;
        };
        /** @description The next limit. */
        ApprovalChange: {
            /**
             * Format: int64
             * @description The version it was made from.
             */
            base: number;
            /** @description Why, in the person's words. */
            reason: string;
            value_limit?: components["schemas"]["Money"] | null;
        };
        /** @description When a second person has to agree to an edit, beside the table of edits. */
        ApprovalDetail: {
            value_limit?: components["schemas"]["Money"] | null;
            /** @description The version that holds; 0 when nobody has written one. */
            version: components["schemas"]["PolicyVersion"];
        };
        /** @description One article. */
        Article: {
            /** @description What one unit is made of; empty for an article that is no bundle. */
            components?: components["schemas"]["Component"][];
            /** @description Warehouses that keep it another way than exploded; of no account for an article that is no bundle. */
            keeping?: {
                [key: string]: components["schemas"]["Keeping"];
            };
            /** @description Its code. */
            sku: components["schemas"]["Sku"];
        };
        /** @description What is known of an article from now on. */
        ArticleChange: {
            /**
             * Format: int64
             * @description The version it was made from; 0 for the first.
             */
            base: number;
            /** @description What one unit is made of; empty for an article that is no bundle. */
            components: components["schemas"]["Component"][];
            /** @description Why, in the person's words. */
            reason: string;
            /** @description Warehouses that receive the bundle as one article; the others receive its components. */
            whole_at?: components["schemas"]["WarehouseId"][];
        };
        /** @description An article with who wrote it and what there is of it. */
        ArticleDetail: {
            /** @description What is known of it. */
            article: components["schemas"]["Article"];
            /** @description Every warehouse, by rank. */
            places: components["schemas"]["ArticlePlace"][];
            /** @description The version that holds; 0 when nobody has said anything about it. */
            version: components["schemas"]["PolicyVersion"];
        };
        /** @description Articles somebody has said something about. */
        ArticleList: {
            /** @description By SKU. */
            items: components["schemas"]["ArticleDetail"][];
        };
        /** @description What a warehouse can ship of an article. */
        ArticlePlace: {
            /**
             * Format: int32
             * @description Units that may still be promised there: sets that can be made of what is on the shelf, or what it has.
             */
            available: number;
            /** @description How it keeps the article, if that is a bundle. */
            keeping: components["schemas"]["Keeping"];
            /** @description Its name. */
            name: string;
            /** @description The warehouse. */
            warehouse: components["schemas"]["WarehouseId"];
        };
        /** @description One thing a warehouse is asked. */
        Ask: {
            /** @enum {string} */
            kind: "address";
            /** @description The whole new address. */
            ship_to: components["schemas"]["Address"];
        } | {
            /** @description How many fewer. */
            fewer: components["schemas"]["u32"];
            /** @enum {string} */
            kind: "quantity";
            /** @description The line. */
            line: components["schemas"]["LineId"];
        } | {
            /** @enum {string} */
            kind: "cancel";
        } | {
            /** @description Our hold. */
            hold: components["schemas"]["HoldId"];
            /** @enum {string} */
            kind: "hold";
            /** @description In words. */
            note: string;
            /** @description Why. */
            reason: components["schemas"]["HoldReason"];
        } | {
            /** @description The hold that was lifted. */
            hold: components["schemas"]["HoldId"];
            /** @enum {string} */
            kind: "resume";
        } | {
            /** @enum {string} */
            kind: "shipping_option";
            /** @description The shop's name of the shipping. */
            option: string;
        } | {
            /** @enum {string} */
            kind: "billing";
            /** @description The new total. */
            total: components["schemas"]["Money"];
        } | {
            /** @enum {string} */
            kind: "lot";
            /** @description The line. */
            line: components["schemas"]["LineId"];
            /** @description The lot. */
            lot: string;
        };
        /**
         * @description Kinds of things a warehouse can be asked, for what a connector says it supports.
         * @enum {string}
         */
        AskKind: "address" | "quantity" | "cancel" | "hold" | "shipping_option" | "billing" | "lot";
        /** @description A try to bring about an effect at a partner. */
        Attempt: {
            /** @description When the call must have ended. */
            deadline: components["schemas"]["Timestamp"];
            /** @description The partner's words. */
            detail: string;
            ended_at?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int32
             * @description From 1.
             */
            number: number;
            /** @description The order behind it. */
            order: components["schemas"]["OrderId"];
            /** @description How it ended; empty while running. */
            outcome: string;
            /** @description When it was committed; the call starts after. */
            started_at: components["schemas"]["Timestamp"];
            /** @description Hand-over or write-back id. */
            subject: string;
        };
        /** @description One matter, with the order it is about. */
        AttentionEntry: {
            /** @description The matter. */
            item: components["schemas"]["AttentionItem"];
            /**
             * @description Its place among the order's matters, for settling it; `None` for a problem that settles itself once its cause is
             *     gone.
             */
            matter?: number | null;
            /** @description What to do next, where it is a problem that says so. */
            next_step: string;
            /** @description Its number. */
            number: string;
            /** @description The order. */
            order: components["schemas"]["OrderId"];
            /**
             * Format: int64
             * @description Its revision: what a decision is made on.
             */
            revision: number;
            /** @description Its shop. */
            shop: components["schemas"]["ConnectionId"];
        };
        /** @description A matter that waits for a person. */
        AttentionItem: {
            announced?: components["schemas"]["ReturnId"] | null;
            /** @description The kind of matter, with a page of its own. */
            code: components["schemas"]["Code"];
            /** @description In the partner's words where it has some; may be empty. */
            detail: string;
            difference?: components["schemas"]["ThreeWay"] | null;
            fulfillment?: components["schemas"]["FulfillmentId"] | null;
            /** @description Ways out, the usual one first. */
            options: components["schemas"]["Choice"][];
            /** @description The order. */
            order: components["schemas"]["OrderId"];
            /** @description Whose matter it is. */
            owner: components["schemas"]["Role"];
            request?: components["schemas"]["ChangeRequestId"] | null;
            /** @description Since when it waits. */
            since: components["schemas"]["Timestamp"];
            /** @description The units it is about, where it is about some. */
            units?: components["schemas"]["LineUnits"][];
            wanted?: components["schemas"]["Wanted"] | null;
            /** @description What happened, naming the object and both numbers where there are two. */
            what: string;
        };
        /** @description What waits for a person. */
        AttentionList: {
            /** @description The order that has waited longest first; all matters of an order together. */
            items: components["schemas"]["AttentionEntry"][];
            /** @description Where the next page starts; absent at the end. */
            next?: string | null;
            /** @description How many orders need a person, counted to 10,000. */
            orders: components["schemas"]["Count"];
        };
        /** @description Units set aside, or for sale again. */
        BlockChange: {
            /** @description What happened, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int32
             * @description Units more, or fewer; at least 1.
             */
            units: number;
            /** @description Why they are set aside. */
            why: components["schemas"]["BlockReason"];
        };
        /**
         * @description Why units on hand may not be promised.
         * @enum {string}
         */
        BlockReason: "quarantine" | "damaged" | "expired" | "counting" | "kept" | "other";
        /** @description When a warehouse works and until when it takes orders for the day. */
        Calendar: {
            /**
             * Format: int32
             * @description Minutes, as they elapse, in which the warehouse answers a change request; `None` for the usual time.
             */
            answers_within_minutes?: number | null;
            /** @description Until when an order leaves the same day. */
            cut_offs: components["schemas"]["CutOffs"];
            /**
             * Format: int32
             * @description Working minutes from the cut-off until the carrier has the parcels.
             */
            handling_minutes?: number;
            /** @description Days that differ from their weekday: holidays, short days, extra days. Keys are dates such as `2026-12-25`. */
            special_days?: {
                [key: string]: components["schemas"]["SpecialDay"];
            };
            /** @description Hours of each weekday; a day without hours is no working day. */
            week: components["schemas"]["WorkingWeek"];
            /** @description Where its clocks hang. */
            zone: components["schemas"]["Zone"];
        };
        /** @description A warehouse's next calendar. */
        CalendarChange: {
            /**
             * Format: int64
             * @description The version it was made from; 0 for the first.
             */
            base: number;
            /** @description The whole calendar. */
            calendar: components["schemas"]["Calendar"];
            /** @description Why, in the person's words. */
            reason: string;
        };
        /** @description Every warehouse's calendar. */
        CalendarList: {
            /** @description By the warehouses' rank. */
            items: components["schemas"]["WarehouseCalendar"][];
        };
        /**
         * @description Where a call came from.
         * @enum {string}
         */
        CallerKind: "desktop" | "token" | "session" | "anonymous";
        /** @description Who is calling. */
        CallerView: {
            /** @description Through what. */
            kind: components["schemas"]["CallerKind"];
            /** @description Who. */
            name: string;
            /** @description What they may do. */
            role: components["schemas"]["Access"];
        };
        /** @description A cancellation. */
        Cancellation: {
            /** @description Only say what would change. */
            dry_run?: boolean;
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The revision the decision was made on.
             */
            revision: number;
        };
        /** @description A wish to change one fulfillment order that a warehouse has. */
        ChangeRequest: {
            /** @description What happens to units that are given up. */
            afterwards?: components["schemas"]["Afterwards"];
            answer?: components["schemas"]["Answer"] | null;
            /** @description When it was written down. */
            asked_at: components["schemas"]["Timestamp"];
            /** @description Who wants it. */
            asked_by: components["schemas"]["Actor"];
            /** @description What is asked; a cancel stands alone. */
            asks: components["schemas"]["Ask"][];
            deadline?: components["schemas"]["Timestamp"] | null;
            /** @description The part. */
            fulfillment: components["schemas"]["FulfillmentId"];
            /** @description Identity; the warehouse is asked under it, so a repeated question is recognised. */
            id: components["schemas"]["ChangeRequestId"];
            /** @description The order. */
            order: components["schemas"]["OrderId"];
            /**
             * Format: int64
             * @description Our revision, from 1; compare-and-set.
             */
            revision: number;
            /** @description Where it is. */
            state: components["schemas"]["ChangeRequestState"];
            /** @description The warehouse that is asked. */
            warehouse: components["schemas"]["WarehouseId"];
        };
        /** @description A wish to change what a warehouse has. */
        ChangeRequestId: string;
        /**
         * @description Where a change request is: the conversation with the warehouse, not what happened to the goods.
         * @enum {string}
         */
        ChangeRequestState: "draft" | "sent" | "accepted" | "refused" | "expired" | "superseded" | "withdrawn";
        /** @description What a successful check found. */
        CheckReportView: {
            /** @description Who we are over there. */
            account: string;
            /** @description Warehouses the account can ship from; empty for shops. */
            warehouses: components["schemas"]["OfferedWarehouse"][];
            /** @description What works but deserves a look. */
            warnings: string[];
        };
        /** @description How a check ended. */
        CheckResult: {
            /** @description Whether it works. */
            ok: boolean;
            problem?: components["schemas"]["Problem"] | null;
            report?: components["schemas"]["CheckReportView"] | null;
        };
        /**
         * @description A way out that is left.
         * @enum {string}
         */
        Choice: "let_it_ship" | "announce_return" | "try_again" | "carrier_intercept" | "ask_for_unpicked" | "call_warehouse" | "cancel_and_plan_elsewhere" | "credit_note" | "new_order" | "propose" | "ask_for_approval" | "wait_for_answer" | "take_shop_version" | "keep_our_version" | "correct" | "wait" | "cancel" | "let_customer_keep" | "waive" | "approve" | "decline";
        /**
         * @description A code with a page under `docs/errors/`. Nobody matches on message text.
         * @enum {string}
         */
        Code: "SY-0001" | "SY-0002" | "SY-0003" | "SY-0004" | "SY-0005" | "SY-0006" | "SY-0007" | "SY-0008" | "SY-0009" | "SY-1001" | "SY-1002" | "SY-1003" | "SY-1004" | "SY-1005" | "SY-1101" | "SY-1102" | "SY-1103" | "SY-1104" | "SY-1105" | "SY-1111" | "SY-1201" | "SY-1202" | "SY-1203" | "SY-1204" | "SY-1205" | "SY-1206" | "SY-1207" | "SY-1208" | "SY-1209" | "SY-1301" | "SY-1302" | "SY-1401" | "SY-1402" | "SY-1501" | "SY-1502" | "SY-1601" | "SY-1602" | "SY-2001" | "SY-2002" | "SY-2003" | "SY-2004" | "SY-2005";
        /** @description Units of one article in a kit. */
        Component: {
            /** @description What. */
            sku: components["schemas"]["Sku"];
            /** @description Units in one kit, at least 1. */
            units: components["schemas"]["u32"];
        };
        /** @description One configured shop or warehouse system. Secrets are kept elsewhere, by connection id. */
        Connection: {
            /** @description The connector's own settings; never a secret. */
            config: unknown;
            /** @description Registered connector, such as `shopify`. */
            connector: string;
            /** @description When it was set up. */
            created_at: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * @description Seconds after receipt during which an order of this shop stays editable. Ignored for warehouses.
             */
            edit_window_seconds: number;
            /** @description Identity. */
            id: components["schemas"]["ConnectionId"];
            last_success_at?: components["schemas"]["Timestamp"] | null;
            /** @description What people call it. */
            name: string;
            /** @description True while a person has stopped it. */
            paused: boolean;
            /**
             * Format: int32
             * @description Seconds between two readings of each stream.
             */
            poll_seconds: number;
            problem?: components["schemas"]["Problem"] | null;
            /** @description Shop or warehouse. */
            side: components["schemas"]["Side"];
        };
        /** @description How a connection is, and from what that follows. */
        ConnectionHealth: {
            /** @description Overall. */
            level: components["schemas"]["Health"];
            /** @description The aspects looked at. */
            parts: components["schemas"]["HealthPart"][];
        };
        /** @description One configured shop or warehouse system. */
        ConnectionId: string;
        /** @description Every connection. */
        ConnectionList: {
            /** @description By creation. */
            items: components["schemas"]["ConnectionView"][];
            /** @description Where credentials are kept, in words. */
            secret_place: string;
        };
        /** @description A connection to set up. */
        ConnectionSetup: {
            /** @description The connector's own settings; its page names them. */
            config: unknown;
            /** @description Registered connector, such as `shopify`. */
            connector: string;
            /**
             * Format: int32
             * @description Seconds during which an order of this shop stays editable; ignored for warehouses.
             * @default 900
             */
            edit_window_seconds: number;
            /** @description What people call it; unique. */
            name: string;
            /**
             * Format: int32
             * @description Seconds between two readings, 1 to 86,400.
             * @default 15
             */
            poll_seconds: number;
            /**
             * Format: password
             * @description Its secret; kept outside the database and never sent back.
             */
            secret: string;
            /** @description Shop or warehouse; has to be the connector's own side. */
            side: components["schemas"]["Side"];
        };
        /** @description A connection with what is known of it. */
        ConnectionView: {
            /** @description Its settings. */
            connection: components["schemas"]["Connection"];
            descriptor?: components["schemas"]["ConnectorView"] | null;
            /** @description How it is. */
            health: components["schemas"]["ConnectionHealth"];
            /** @description How much goes through it. */
            rates: components["schemas"]["Rates"];
            /** @description How far each stream has been read. */
            streams: components["schemas"]["StreamView"][];
            /** @description The warehouses it reaches, by rank. */
            warehouses: components["schemas"]["Warehouse"][];
        };
        /** @description Every kind of system. */
        ConnectorList: {
            /** @description In alphabetical order. */
            items: components["schemas"]["ConnectorView"][];
        };
        /** @description A kind of system Switchyard can talk to. */
        ConnectorView: {
            /** @description The vendor's API version spoken. */
            api_version: string;
            /** @description Whether it can take a fulfillment order back. */
            cancel: boolean;
            /** @description Whether it can change an address after the hand-over. */
            change_address: boolean;
            /** @description Registered name, such as `shopify`. */
            name: string;
            /** @description How safely a doubtful effect can be repeated: `a` (recognised over there) to `d` (never without a person). */
            repeat: string;
            /** @description Whether goods that come back can be announced and are reported. */
            returns: boolean;
            /**
             * Format: int64
             * @description Seconds after a doubtful try during which its effect may still appear.
             */
            settle_seconds: number;
            /** @description Which side it stands on. */
            side: components["schemas"]["Side"];
            /** @description Streams it reads: `orders`, `shipments`, `stock`. */
            streams: string[];
            /** @description The vendor's own spelling. */
            title: string;
        };
        /** @description A number that stops counting at a cap. */
        Count: {
            /** @description True when there are more. */
            capped: boolean;
            /**
             * Format: int64
             * @description Counted so far.
             */
            value: number;
        };
        /** @description A count of the shelf. */
        CountChange: {
            /**
             * Format: int32
             * @description Units there.
             */
            on_hand: number;
            /** @description Who counted and what was found; not empty. */
            reason: string;
        };
        /**
         * @description An ISO 4217 alphabetic code, such as `GBP`.
         * @example GBP
         */
        Currency: string;
        /** @description Who bought. */
        Customer: {
            /** @description E-mail, empty when unknown. */
            email: string;
            /** @description Display name; empty when the shop withholds personal data. */
            name: string;
            /** @description Telephone, empty when unknown. */
            phone: string;
        };
        /**
         * @description What the customer gets.
         * @enum {string}
         */
        CustomerDecision: "undecided" | "refund" | "no_refund" | "replace";
        /** @description What the customer gets for an item. */
        CustomerVerdict: {
            /** @description The decision. */
            decision: components["schemas"]["CustomerDecision"];
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The return's revision the decision was made on.
             */
            revision: number;
        };
        /** @description Until when on a working day an order is taken for that day. */
        CutOff: {
            /** @description On every working day ... */
            at: components["schemas"]["LocalTime"];
            /** @description ... but on these weekdays at another time. */
            on?: {
                [key: string]: components["schemas"]["LocalTime"];
            };
        };
        /** @description The cut-offs of a warehouse. */
        CutOffs: {
            /** @description For every shipping option not named below. */
            default: components["schemas"]["CutOff"];
            /** @description By the shop's name of the shipping option, compared after trimming. */
            options?: {
                [key: string]: components["schemas"]["CutOff"];
            };
        };
        /** @description A wish that needs nothing but its reason. */
        Decision: {
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The revision the decision was made on.
             */
            revision: number;
        };
        /** @description A named booking that explains a difference. */
        Discrepancy: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description Who says so. */
            by: components["schemas"]["Actor"];
            /** @description Which kind. */
            kind: components["schemas"]["DiscrepancyKind"];
            /** @description In words; never empty. */
            note: string;
            /** @description Units, at least 1. */
            units: components["schemas"]["u32"];
        };
        /**
         * @description Why the count differs from what was announced.
         * @enum {string}
         */
        DiscrepancyKind: "lost" | "damaged" | "surplus";
        /** @description Units of a line that ship from elsewhere, or not at all. */
        DryRunMove: {
            /** @description Units by warehouse under the new rules. */
            after: {
                [key: string]: number;
            };
            /** @description Units by warehouse under the old rules. */
            before: {
                [key: string]: number;
            };
            /** @description Line id. */
            line: string;
        };
        /** @description An order that would move. */
        DryRunMoved: {
            /** @description Under the new rules. */
            after: components["schemas"]["DryRunSide"];
            /** @description Under the old rules. */
            before: components["schemas"]["DryRunSide"];
            /** @description The lines that change, by id. */
            lines: components["schemas"]["DryRunMove"][];
            /** @description The order's id. */
            order: string;
        };
        /** @description The result, for a person. */
        DryRunReport: {
            /** @description Under the new rules. */
            after: components["schemas"]["DryRunTotals"];
            /** @description Under the old rules. */
            before: components["schemas"]["DryRunTotals"];
            /** @description Those with the smallest ids, as many as asked for, by id. */
            moved: components["schemas"]["DryRunMoved"][];
            /**
             * Format: int64
             * @description Orders of which a unit would ship from elsewhere, or not, or after all.
             */
            moved_count: number;
            /**
             * Format: int64
             * @description Orders looked at.
             */
            orders: number;
        };
        /** @description One side of one order. */
        DryRunSide: {
            /**
             * Format: int64
             * @description Handling and parcel prices, minor units.
             */
            cost: number;
            /**
             * Format: int64
             * @description Hours late, summed over units.
             */
            late_hours: number;
            /** @description Why the router refuses to plan it, when it does. */
            refused?: string | null;
            /** @description Rules that matched, in their order. */
            rules: components["schemas"]["RuleId"][];
            /**
             * Format: int64
             * @description Units that do not ship.
             */
            short_units: number;
            /** @description Warehouses used, by id. */
            warehouses: string[];
        };
        /** @description One side of the comparison, summed over all orders. Sums that would not fit stay at the largest number. */
        DryRunTotals: {
            /**
             * Format: int64
             * @description Handling and parcel prices, minor units.
             */
            cost: number;
            /**
             * Format: int64
             * @description Hours late, summed over units.
             */
            late_hours: number;
            /**
             * Format: int64
             * @description Orders of which a unit is late.
             */
            late_orders: number;
            /**
             * Format: int64
             * @description Warehouses used, summed: the parcels, but for orders too heavy for one.
             */
            parcels: number;
            /**
             * Format: int64
             * @description Orders the router refuses to plan, because the snapshot contradicts itself.
             */
            refused_orders: number;
            /**
             * Format: int64
             * @description Orders of which a unit does not ship.
             */
            short_orders: number;
            /**
             * Format: int64
             * @description Units that do not ship.
             */
            short_units: number;
            /**
             * Format: int64
             * @description Orders whose plan is not proven best, because a step limit ended the search.
             */
            unproven_orders: number;
        };
        /** @description Units kept for a shop. */
        EarmarkChange: {
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /** @description For which shop's connection. */
            shop: components["schemas"]["ConnectionId"];
            /**
             * Format: int32
             * @description Units kept for it from now on, in all; 0 keeps nothing.
             */
            units: number;
        };
        /** @description A wish to change an order. */
        Edit: {
            /** @enum {string} */
            kind: "address";
            /** @description The whole new address. */
            ship_to: components["schemas"]["Address"];
        } | {
            /** @enum {string} */
            kind: "quantity";
            /** @description The line. */
            line: components["schemas"]["LineId"];
            /** @description Units wanted from now on. */
            quantity: components["schemas"]["u32"];
        } | {
            expires_at?: components["schemas"]["Timestamp"] | null;
            fulfillment?: components["schemas"]["FulfillmentId"] | null;
            /** @description Identity of the hold to place. */
            id: components["schemas"]["HoldId"];
            /** @description Whether reserved stock stays reserved meanwhile. */
            keeps_stock?: boolean;
            /** @enum {string} */
            kind: "hold";
            /** @description In words. */
            note: string;
            /** @description Why. */
            reason: components["schemas"]["HoldReason"];
        } | {
            /** @description Which. */
            hold: components["schemas"]["HoldId"];
            /** @enum {string} */
            kind: "lift_hold";
        } | {
            /** @enum {string} */
            kind: "release_now";
        } | {
            /** @enum {string} */
            kind: "cancel";
        } | {
            /** @enum {string} */
            kind: "note";
            /** @description The whole new remark. */
            note: string;
        } | {
            /** @enum {string} */
            kind: "tags";
            /** @description All labels from now on. */
            tags: string[];
        } | {
            /** @enum {string} */
            kind: "priority";
            /**
             * Format: int32
             * @description The higher, the earlier it gets scarce stock.
             */
            priority: number;
        } | {
            /** @enum {string} */
            kind: "more_units";
            /** @description The line. */
            line: components["schemas"]["LineId"];
            /** @description Units wanted from now on. */
            quantity: components["schemas"]["u32"];
        } | {
            /** @enum {string} */
            kind: "add_line";
            /** @description The whole line; nothing of it is cancelled or on backorder. */
            line: components["schemas"]["OrderLine"];
        } | {
            /** @enum {string} */
            kind: "shipping_option";
            /** @description The shop's name of the shipping. */
            option: string;
        } | {
            /** @description The part. */
            fulfillment: components["schemas"]["FulfillmentId"];
            /** @enum {string} */
            kind: "warehouse";
            /** @description The warehouse. */
            to: components["schemas"]["WarehouseId"];
        } | {
            /** @enum {string} */
            kind: "billing";
            /** @description What the customer pays in all. */
            total: components["schemas"]["Money"];
            /** @description Unit prices that change, by line. */
            unit_prices: components["schemas"]["LinePrice"][];
        } | {
            /** @enum {string} */
            kind: "lot";
            /** @description The line. */
            line: components["schemas"]["LineId"];
            /** @description The lot; `None` means any. */
            lot?: string | null;
        };
        /** @description What may be done to an order now. The rules decide again when it is done. */
        Editability: {
            /** @description Another destination. */
            address: components["schemas"]["Permission"];
            /** @description Cancel everything. */
            cancel: components["schemas"]["Permission"];
            /** @description A new hold. */
            hold: components["schemas"]["Permission"];
            /** @description Fewer units of some line. */
            quantity: components["schemas"]["Permission"];
            /** @description Close the edit window now. */
            release: components["schemas"]["Permission"];
        };
        /** @description Edits that somebody has put together and not made. */
        EditDraft: {
            /** @description The order as it was when they began: what they decided on. */
            base: components["schemas"]["Order"];
            /** @description What they want, in order. */
            edits: components["schemas"]["Edit"][];
        };
        /** @description What one edit of a draft would come to. */
        EditPreview: {
            problem?: components["schemas"]["Problem"] | null;
            /** @description What it means for each part. */
            verdicts: components["schemas"]["PartVerdict"][];
        };
        /**
         * @description Why not.
         * @enum {string}
         */
        EditRefusalReason: "too_late" | "cannot_ask" | "label_printed" | "in_doubt" | "not_yours";
        /** @description What a wish did, or would do. */
        EditResult: {
            /** @description What could not be done; empty for a repeated request. */
            attention: components["schemas"]["AttentionItem"][];
            /** @description What changed, field by field. */
            changes: components["schemas"]["FieldChange"][];
            /** @description False for a dry run. */
            committed: boolean;
            /** @description The order afterwards. */
            order: components["schemas"]["Order"];
            /** @description What warehouses are asked, because they have it already; empty for a repeated request. */
            requests: components["schemas"]["ChangeRequest"][];
            /** @description What it means for each part of the order; empty for a repeated request. */
            verdicts: components["schemas"]["PartVerdict"][];
        };
        /** @description A verdict, and whether a second person has to agree. */
        EditRuling: {
            /** @description Whether somebody else who may approve edits has to agree first. */
            needs_approval: boolean;
            /** @description What it means. */
            verdict: components["schemas"]["EditVerdict"];
        };
        /**
         * @description How far a part is, as far as edits are concerned.
         * @enum {string}
         */
        EditStage: "open" | "queued" | "sent" | "accepted" | "in_work" | "shipped";
        /** @description What an edit of a part means. */
        EditVerdict: {
            /** @enum {string} */
            kind: "direct";
            /** @description Whether it is routed again. */
            reroute: boolean;
        } | {
            /** @enum {string} */
            kind: "pull_back";
        } | {
            /** @description Whether the units are planned elsewhere after its yes, instead of being cancelled. */
            elsewhere: boolean;
            /** @enum {string} */
            kind: "change_request";
            /** @description Whether packing tables get a stop signal meanwhile. */
            stop: boolean;
            /** @description For what. */
            what: components["schemas"]["AskKind"];
        } | {
            /** @enum {string} */
            kind: "new_fulfillment";
        } | {
            /** @enum {string} */
            kind: "refused";
            /** @description Ways out that are left. */
            options: components["schemas"]["Choice"][];
            /** @description Why. */
            reason: components["schemas"]["EditRefusalReason"];
        };
        /** @description How long an order stays editable before it goes to a warehouse. */
        EditWindow: {
            /** @enum {string} */
            kind: "after_receipt";
            /**
             * Format: int32
             * @description Seconds.
             */
            seconds: number;
        } | {
            /** @enum {string} */
            kind: "until_cut_off";
            /**
             * Format: int32
             * @description Seconds before the cut-off: what handing over and the warehouse's own intake take.
             */
            lead_seconds: number;
        } | {
            /** @enum {string} */
            kind: "manual";
        };
        /** @description The next edit windows. */
        EditWindowsChange: {
            /**
             * Format: int64
             * @description The version they were made from.
             */
            base: number;
            /** @description All choices from now on. */
            choices: components["schemas"]["WindowChoice"][];
            /** @description Why, in the person's words. */
            reason: string;
        };
        /** @description Edit windows. */
        EditWindowsDetail: {
            /** @description Where it differs. The most special choice holds: shop and warehouse, then shop, then warehouse; the first of equals. */
            choices: components["schemas"]["WindowChoice"][];
            /** @description What holds where no choice applies: each shop's own window, set with its connection. */
            defaults: components["schemas"]["ShopWindow"][];
            /** @description The version that holds; 0 when nobody has written any. */
            version: components["schemas"]["PolicyVersion"];
        };
        /** @description One effect on one target. */
        EffectTrace: {
            /** @description Whether it is in force. */
            in_force: boolean;
            /** @description Why not, when it is not; what is to know, when it is. */
            note?: string | null;
            /** @description What it does, in words. */
            what: string;
        };
        /** @description One live event. The same JSON over SSE and over the desktop's channel. */
        Envelope: {
            /** @description When it happened. */
            at: components["schemas"]["Timestamp"];
            /** @description The journal entry's order, subject and reason. */
            data: unknown;
            /** @description What, as `noun.verb_past`. */
            kind: string;
            /**
             * Format: int64
             * @description Journal position; resume after it.
             */
            seq: number;
            /**
             * @description Which reads are stale: `order:<id>`, `orders`, `flow`, `connections`, `policies`, `stock`, `returns`,
             *     `transfers`, `services`.
             */
            tags: string[];
        };
        /** @description "Why not here?" for one warehouse. */
        Explanation: {
            /** @description `constraint` or `level`, when not used. */
            because?: string | null;
            /**
             * Format: int64
             * @description By how much it loses there.
             */
            by?: number | null;
            /** @description The constraint that every plan using it would break. */
            constraint?: string | null;
            /** @description That constraint in words. */
            detail?: string | null;
            /** @description The objective level at which the best plan using it loses. */
            level?: string | null;
            /** @description Whether it ships something. */
            used: boolean;
        };
        /** @description One field's change, for the journal and the diff a person sees. */
        FieldChange: {
            /** @description After. */
            after: unknown;
            /** @description Before. */
            before: unknown;
            /** @description Path of the field, such as `ship_to.city` or `lines.lin_...wanted`. */
            field: string;
        };
        /** @description One field, parameter or query term that is wrong. */
        FieldProblem: {
            /** @description What is wrong with it. */
            detail: string;
            /**
             * Format: int32
             * @description For query text: where it ends, in UTF-16 code units.
             */
            end?: number | null;
            /** @description Path in the body such as `ship_to.country`, or the name of a parameter such as `q`. */
            path: string;
            /**
             * Format: int32
             * @description For query text: where it starts, in UTF-16 code units.
             */
            start?: number | null;
            /** @description The nearest valid name. */
            suggestion?: string | null;
        };
        /** @description The whole map at one instant. */
        Flow: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            /** @description What moves between them. */
            edges: components["schemas"]["FlowEdge"][];
            /** @description Where orders come from, by creation. */
            shops: components["schemas"]["FlowShop"][];
            /** @description Every stage, in the order of an order's way. */
            stages: components["schemas"]["FlowStage"][];
            /** @description Where orders go, by rank. */
            warehouses: components["schemas"]["FlowWarehouse"][];
        };
        /** @description A way between two places of the map. */
        FlowEdge: {
            /**
             * Format: int64
             * @description How much waits at its start.
             */
            backlog: number;
            /**
             * Format: int64
             * @description How much failed on it: calls of the last minute, or work given up.
             */
            errors: number;
            /** @description A connection id, a stage, or a warehouse id. */
            from: string;
            /**
             * Format: int32
             * @description How much moves along it.
             */
            per_minute: number;
            /** @description A connection id, a stage, or a warehouse id. */
            to: string;
        };
        /** @description A shop on the map. */
        FlowShop: {
            /** @description Its connection. */
            connection: components["schemas"]["ConnectionId"];
            /** @description Its connector. */
            connector: string;
            /** @description How it is. */
            health: components["schemas"]["Health"];
            /** @description What people call it. */
            name: string;
            /**
             * Format: int32
             * @description New orders in the last minute.
             */
            orders_per_minute: number;
            /**
             * Format: int64
             * @description Its orders that no warehouse has yet.
             */
            waiting: number;
        };
        /** @description A stage on the map. */
        FlowStage: {
            /**
             * Format: int64
             * @description Pieces of work given up by the service that moves orders on from here.
             */
            errors: number;
            oldest_at?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description Orders there.
             */
            orders: number;
            /**
             * Format: int32
             * @description Orders or parts that left it in the last minute, counted from the journal; 0 where only a person moves them.
             */
            per_minute: number;
            /** @description Which. */
            stage: components["schemas"]["Stage"];
        };
        /** @description A warehouse on the map. */
        FlowWarehouse: {
            /** @description The connection that reaches it. */
            connection: components["schemas"]["ConnectionId"];
            /**
             * Format: int32
             * @description Fulfillment orders sent to it in the last minute.
             */
            handed_over_per_minute: number;
            /** @description How its connection is. */
            health: components["schemas"]["Health"];
            /**
             * Format: int64
             * @description Fulfillment orders it works on: accepted, in work or partly shipped.
             */
            in_work: number;
            /** @description What people call it. */
            name: string;
            /**
             * Format: int32
             * @description Shipments it reported in the last minute.
             */
            shipped_per_minute: number;
            /**
             * Format: int64
             * @description Fulfillment orders on their way to it: queued, sent or unconfirmed.
             */
            waiting: number;
            /** @description Which. */
            warehouse: components["schemas"]["WarehouseId"];
        };
        /** @description A fulfillment order: the share of one order asked of one warehouse. */
        FulfillmentId: string;
        /** @description Units of one order line in a fulfillment order. */
        FulfillmentLine: {
            kit?: components["schemas"]["Kit"] | null;
            /** @description The order line. */
            line: components["schemas"]["LineId"];
            /** @description Units asked of this warehouse. */
            quantity: components["schemas"]["u32"];
            /** @description Units of those the warehouse reported as shipped. */
            shipped: components["schemas"]["u32"];
        };
        /** @description The share of one order asked of one warehouse. */
        FulfillmentOrder: {
            /** @description Identity. */
            id: components["schemas"]["FulfillmentId"];
            /** @description What is asked. */
            lines: components["schemas"]["FulfillmentLine"][];
            /** @description The order. */
            order: components["schemas"]["OrderId"];
            problem?: components["schemas"]["Problem"] | null;
            /** @description Our number for the warehouse, unique for ever, such as `SW-1001-2`: what we look it up by. */
            reference: string;
            rejection?: components["schemas"]["RejectionReason"] | null;
            release_at?: components["schemas"]["Timestamp"] | null;
            /** @description The warehouse's id of it, once known. */
            remote_id?: string | null;
            /**
             * Format: int64
             * @description Our revision, from 1.
             */
            revision: number;
            /** @description Lifecycle. */
            state: components["schemas"]["FulfillmentState"];
            /** @description When it entered that state. */
            state_since: components["schemas"]["Timestamp"];
            /** @description The warehouse. */
            warehouse: components["schemas"]["WarehouseId"];
        };
        /**
         * @description The stored lifecycle of a fulfillment order. The diagram is in `docs/lifecycles.md`.
         * @enum {string}
         */
        FulfillmentState: "open" | "queued" | "sent" | "unconfirmed" | "accepted" | "in_work" | "partly_shipped" | "shipped" | "closed_short" | "rejected" | "cancelled";
        /** @description What is not proven. */
        Gap: {
            /**
             * Format: int64
             * @description Distance from the plan to the best bound at that level.
             */
            by: number;
            /** @description The level whose optimum is open. */
            level: string;
        };
        /** @description The duty to give one fulfillment order to its warehouse: a row of the outbox. */
        HandOver: {
            /**
             * Format: int32
             * @description Tries that reached the wire or may have.
             */
            attempts: number;
            /** @description What is handed over. */
            fulfillment: components["schemas"]["FulfillmentId"];
            /** @description Identity. */
            id: components["schemas"]["HandOverId"];
            /** @description Sent with every try, the same for ever for the same content. */
            idempotency_key: string;
            last_error?: components["schemas"]["Problem"] | null;
            /** @description The order behind it. */
            order: components["schemas"]["OrderId"];
            /** @description The canonical request, frozen at the first claim; what is sent is made from this alone. */
            payload?: unknown;
            /**
             * Format: int64
             * @description Revision of this row, from 1; every write is compare-and-set on it, so a late writer is fenced off.
             */
            revision: number;
            /** @description Where it is. */
            state: components["schemas"]["HandOverState"];
        };
        /** @description A hand-over: the duty to give one fulfillment order to its warehouse. */
        HandOverId: string;
        /**
         * @description Where a hand-over is in the outbox.
         * @enum {string}
         */
        HandOverState: "ready" | "sending" | "in_doubt" | "acknowledged" | "refused" | "withdrawn";
        /**
         * @description Health of a connection by the rule "failed but a retry is pending: warning; no retry pending: degraded".
         * @enum {string}
         */
        Health: "unknown" | "healthy" | "warning" | "degraded";
        /** @description One aspect of a connection's health. */
        HealthPart: {
            /** @description In words, naming numbers. */
            detail: string;
            /** @description How it is. */
            level: components["schemas"]["Health"];
            /** @description `calls`, `errors`, or the name of a stream. */
            name: string;
        };
        /** @description How the process is. */
        HealthReport: {
            /** @description Whether shops and warehouses are simulated. */
            demo: boolean;
            /** @description The server's clock, for countdowns. */
            now: components["schemas"]["Timestamp"];
            /** @description When the process began to serve. */
            started_at: components["schemas"]["Timestamp"];
            /** @description Overall. */
            status: components["schemas"]["HealthStatus"];
            /** @description The database. */
            store: components["schemas"]["StoreHealth"];
            /** @description Version of Switchyard. */
            version: string;
        };
        /**
         * @description Overall state.
         * @enum {string}
         */
        HealthStatus: "ok" | "degraded";
        /** @description One obstacle on an order. */
        Hold: {
            cause?: components["schemas"]["HoldCause"] | null;
            expires_at?: components["schemas"]["Timestamp"] | null;
            fulfillment?: components["schemas"]["FulfillmentId"] | null;
            /** @description Its identity. */
            id: components["schemas"]["HoldId"];
            /** @description Whether reserved stock stays reserved meanwhile. */
            keeps_stock: boolean;
            /** @description In the placer's words. */
            note: string;
            owner?: components["schemas"]["HoldOwner"] | null;
            /** @description When. */
            placed_at: components["schemas"]["Timestamp"];
            /** @description Who placed it. */
            placed_by: components["schemas"]["Actor"];
            /** @description Why. */
            reason: components["schemas"]["HoldReason"];
        };
        /**
         * @description What made a rule place a hold: the rule as it was, and what it found. The same rule version never places a hold
         *     twice for the same finding, so a hold that a person lifted stays lifted.
         */
        HoldCause: {
            /** @description What it found on the order, in words; equal findings are equal texts. */
            finding: string;
            /** @description The rule. */
            rule: components["schemas"]["RuleId"];
            /**
             * Format: int32
             * @description Its version.
             */
            version: number;
        };
        /** @description Hold rules to try on stored orders. */
        HoldDryRun: {
            /** @description The rules to try. */
            rules: components["schemas"]["HoldRuleChange"][];
            since?: components["schemas"]["Timestamp"] | null;
        };
        /** @description An order that other rules would hold. */
        HoldDryRunChange: {
            /** @description Rules that hold it under the new rules, with their reasons. */
            after: [
                string,
                "awaiting_payment" | "fraud" | "address" | "stock" | "customer" | "operator" | "awaiting_return" | "post_purchase_offer" | "unknown_delivery_date" | "client" | "other"
            ][];
            /** @description Rules that hold it under the old rules, with their reasons. */
            before: [
                string,
                "awaiting_payment" | "fraud" | "address" | "stock" | "customer" | "operator" | "awaiting_return" | "post_purchase_offer" | "unknown_delivery_date" | "client" | "other"
            ][];
            /** @description The order's id. */
            order: string;
        };
        /** @description What has been found. Merging is associative and commutative. */
        HoldDryRunReport: {
            /** @description Under the new rules. */
            after: components["schemas"]["HoldDryRunTotals"];
            /** @description Under the old rules. */
            before: components["schemas"]["HoldDryRunTotals"];
            /** @description Those with the smallest ids, as many as asked for, by id. */
            changed: components["schemas"]["HoldDryRunChange"][];
            /**
             * Format: int64
             * @description Orders that other rules would hold.
             */
            changed_count: number;
            /** @description How many changed orders are listed at most. */
            most_changed: number;
            /**
             * Format: int64
             * @description Orders looked at.
             */
            orders: number;
        };
        /** @description What other hold rules would hold. */
        HoldDryRunResult: {
            /**
             * Format: int64
             * @description How long it took, in milliseconds.
             */
            millis: number;
            /** @description Before and after, and the orders that differ. */
            report: components["schemas"]["HoldDryRunReport"];
        };
        /** @description One side of the comparison. */
        HoldDryRunTotals: {
            /** @description Orders held by each rule. */
            by_rule: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Orders held.
             */
            held_orders: number;
        };
        /** @description A named obstacle. */
        HoldId: string;
        /**
         * @description The role a hold belongs to: who may lift it. The texts are those of [`crate::role::Role`].
         * @enum {string}
         */
        HoldOwner: "warehouse_lead" | "back_office_agent" | "back_office_lead";
        /** @description A hold. */
        HoldPlacement: {
            expires_at?: components["schemas"]["Timestamp"] | null;
            /** @description In the person's words; may be empty. */
            note: string;
            /** @description Why. */
            reason: components["schemas"]["HoldReason"];
            /**
             * Format: int64
             * @description The revision the decision was made on.
             */
            revision: number;
        };
        /**
         * @description Why something is held; the field's common set (Shopify's and ShipHero's hold reasons, merged).
         * @enum {string}
         */
        HoldReason: "awaiting_payment" | "fraud" | "address" | "stock" | "customer" | "operator" | "awaiting_return" | "post_purchase_offer" | "unknown_delivery_date" | "client" | "other";
        /** @description One version of one rule. */
        HoldRule: {
            /** @description False while it is out of use. */
            enabled?: boolean;
            /** @description The hold it places. */
            hold: components["schemas"]["RuleHold"];
            /** @description Its name, unique among hold rules. */
            id: components["schemas"]["RuleId"];
            /** @description Who wrote this version, and why. */
            revision: components["schemas"]["Revision"];
            /** @description Which orders it holds. */
            when: components["schemas"]["RuleCondition"];
        };
        /** @description A hold rule as a person writes it. */
        HoldRuleChange: {
            /** @description False while it is out of use. */
            enabled?: boolean;
            /** @description The hold it places. */
            hold: components["schemas"]["RuleHold"];
            /** @description Its name, unique among hold rules. */
            id: components["schemas"]["RuleId"];
            /** @description Which orders it holds. */
            when: components["schemas"]["RuleCondition"];
        };
        /** @description The next hold rules. */
        HoldRulesChange: {
            /**
             * Format: int64
             * @description The version they were made from.
             */
            base: number;
            /** @description Why, in the person's words. */
            reason: string;
            /** @description All rules from now on. */
            rules: components["schemas"]["HoldRuleChange"][];
        };
        /** @description The hold rules that hold. */
        HoldRulesDetail: {
            /** @description The reasons a hold may have. */
            reasons: components["schemas"]["HoldReason"][];
            /** @description In the order in which their holds are placed, each with who wrote it last. */
            rules: components["schemas"]["HoldRule"][];
            /** @description The version that holds; 0 without any rules yet. */
            version: components["schemas"]["PolicyVersion"];
            /** @description Versions of the whole, newest first; at most 50. */
            versions: components["schemas"]["PolicyVersion"][];
        };
        /** @description One version of the hold rules. */
        HoldRulesVersion: {
            /** @description The rules. */
            rules: components["schemas"]["HoldRule"][];
            /** @description Which, who, when and why. */
            version: components["schemas"]["PolicyVersion"];
        };
        /** @description Units that have another fate. */
        ItemSplit: {
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The return's revision the decision was made on.
             */
            revision: number;
            /**
             * Format: int32
             * @description How many become an item of their own; fewer than were received.
             */
            units: number;
        };
        /**
         * @description How a warehouse keeps a bundle.
         * @enum {string}
         */
        Keeping: "exploded" | "whole";
        /** @description Units of a bundle that a warehouse ships as components: what one of them is made of, and what has left. */
        Kit: {
            /** @description What one unit takes from the shelf there. */
            components: components["schemas"]["Component"][];
            /** @description Units of components that left, those of sets that are not complete included; no zeros. */
            left?: {
                [key: string]: components["schemas"]["u32"];
            };
        };
        /** @description A movement with what a person calls the document behind it. */
        LedgerRow: components["schemas"]["StockLedgerEntry"] & {
            order?: components["schemas"]["OrderId"] | null;
            /** @description The fulfillment order's number or the warehouse's id of the shipment; empty where the document has none. */
            reference: string;
        };
        /**
         * @description A level of the objective that a channel may reorder. `short_value` always comes first, `rank_sum` always last.
         * @enum {string}
         */
        Level: "late" | "warehouses" | "cost";
        /** @description Where the units of one line are. The numbers below `ordered` always sum to it. */
        LineAccount: {
            /** @description Units that wait for stock on purpose. */
            backordered?: components["schemas"]["u32"];
            /** @description Units of fee lines: billed, never shipped. */
            billed: components["schemas"]["u32"];
            /** @description Units cancelled. */
            cancelled: components["schemas"]["u32"];
            /** @description Units asked of a warehouse and not yet shipped. */
            in_fulfillment: components["schemas"]["u32"];
            /** @description The line. */
            line: components["schemas"]["LineId"];
            /** @description Units bought. */
            ordered: components["schemas"]["u32"];
            /** @description Units that left. */
            shipped: components["schemas"]["u32"];
            /** @description Units the router has still to place. */
            unplanned: components["schemas"]["u32"];
        };
        /** @description A line of an order. */
        LineId: string;
        /**
         * @description Whether a line is goods that a warehouse can pick.
         * @enum {string}
         */
        LineKind: "goods" | "fee";
        /** @description What one unit of a line costs from now on. */
        LinePrice: {
            /** @description The line. */
            line: components["schemas"]["LineId"];
            /** @description Price of one unit. */
            unit_price: components["schemas"]["Money"];
        };
        /** @description Units of one line. */
        LineUnits: {
            /** @description The order line. */
            line: components["schemas"]["LineId"];
            /** @description Units. */
            units: components["schemas"]["u32"];
        };
        /** @description A time of day to the minute, `00:00` to `24:00`; the last is the end of the day. */
        LocalTime: string;
        /** @description A bound below which no plan can go. */
        LowerBound: {
            /**
             * Format: int64
             * @description Fewest warehouses that ship as much.
             */
            warehouses: number;
            /** @description Why, in words. */
            why: string;
        };
        /** @description An amount in minor units of its currency. Safe in JavaScript up to 2^53 minor units. */
        Money: {
            /** @description The currency of those units. */
            currency: components["schemas"]["Currency"];
            /**
             * Format: int64
             * @description Whole minor units; negative for refunds.
             */
            minor: number;
        };
        /**
         * @description How far the conversation with the warehouse about a return is: another axis than where the goods are.
         * @enum {string}
         */
        Notice: "none" | "due" | "known" | "refused" | "withdrawal_due" | "withdrawn";
        /** @description The objective vector. */
        Objective: {
            /**
             * Format: int64
             * @description Handling and parcels.
             */
            cost: number;
            /**
             * Format: int64
             * @description Sum over shipped units of late hours.
             */
            late: number;
            /**
             * Format: int64
             * @description Sum of ranks of the used warehouses.
             */
            rank_sum: number;
            /**
             * Format: int64
             * @description Sum of short units times value.
             */
            short_value: number;
            /**
             * Format: int64
             * @description Warehouses used.
             */
            warehouses: number;
        };
        /** @description A warehouse a partner offers. */
        OfferedWarehouse: {
            /** @description ISO 3166-1 alpha-2, empty when not given. */
            country: string;
            /** @description Its name over there. */
            name: string;
            /** @description The partner's id. */
            remote_id: string;
            warehouse?: components["schemas"]["WarehouseId"] | null;
        };
        /** @description An order: the canonical record of one shop order, with our revisions of it. */
        Order: {
            /** @description Matters that wait for a person. One that was settled is in the journal only. */
            attention?: components["schemas"]["AttentionItem"][];
            /**
             * @description Reasons for which warehouses have refused it and that somebody has removed since, and when: a refusal from before
             *     keeps no warehouse out any more.
             */
            cured?: {
                [key: string]: components["schemas"]["Timestamp"];
            };
            /** @description Currency of every amount on it. */
            currency: components["schemas"]["Currency"];
            /** @description Buyer. */
            customer: components["schemas"]["Customer"];
            /**
             * Format: int32
             * @description Orders the customer placed in this shop before; `None` when the shop does not say.
             */
            earlier_orders?: number | null;
            editable_until?: components["schemas"]["Timestamp"] | null;
            /** @description True once a person changed it here. */
            edited: boolean;
            /** @description Obstacles to release. */
            holds: components["schemas"]["Hold"][];
            /** @description Identity. */
            id: components["schemas"]["OrderId"];
            /** @description What was bought, in the shop's order. */
            lines: components["schemas"]["OrderLine"][];
            /** @description Units with a warehouse of somebody's choice, the latest choice last: the router pins them there. */
            moves?: components["schemas"]["UnitMove"][];
            /** @description The buyer's or the shop's remark. */
            note: string;
            /** @description What people call it, such as `#1001`. */
            number: string;
            /** @description Whether the shop has the money; `None` when it does not say. */
            paid?: boolean | null;
            /** @description Why rules placed the holds that are gone since: none of these causes holds it again. */
            past_causes?: components["schemas"]["HoldCause"][];
            /** @description When the customer bought. */
            placed_at: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * @description Our own urgency: the higher, the earlier it gets scarce stock; 0 for most. The shop never sees it.
             */
            priority?: number;
            /** @description What stops it, in words for a person; empty when nothing does. */
            problems: components["schemas"]["Problem"][];
            /** @description When we first stored it; the edit window counts from here. */
            received_at: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Our revision, from 1; every write is compare-and-set on it.
             */
            revision: number;
            /** @description Destination. */
            ship_to: components["schemas"]["Address"];
            /** @description The shop's name of the chosen shipping, empty when it sent none. */
            shipping_option: string;
            /** @description The shop it came from. */
            shop: components["schemas"]["ConnectionId"];
            /** @description The shop's own id; unique within the shop. */
            shop_order_id: string;
            /** @description The shop's last change that this record contains. */
            shop_updated_at: components["schemas"]["Timestamp"];
            shop_version?: components["schemas"]["ShopVersion"] | null;
            /** @description Lifecycle. */
            state: components["schemas"]["OrderState"];
            /** @description The shop's labels. */
            tags: string[];
            /** @description Total the customer pays. */
            total: components["schemas"]["Money"];
            /** @description Our last change. */
            updated_at: components["schemas"]["Timestamp"];
        };
        /** @description Everything about one order. */
        OrderDetail: {
            /** @description Where the units of each line are; empty when the facts contradict each other. */
            accounts: components["schemas"]["LineAccount"][];
            /** @description Tries at partners, oldest first. */
            attempts: components["schemas"]["Attempt"][];
            /** @description What warehouses were asked to change, oldest first. */
            change_requests: components["schemas"]["ChangeRequest"][];
            /** @description What may be done to it now. */
            editable: components["schemas"]["Editability"];
            /** @description Its parts, oldest first. */
            fulfillments: components["schemas"]["FulfillmentOrder"][];
            /** @description Their hand-overs, oldest first. */
            hand_overs: components["schemas"]["HandOver"][];
            /** @description The contradiction, if there is one. */
            imbalance?: string | null;
            /** @description The canonical record. */
            order: components["schemas"]["Order"];
            plan?: components["schemas"]["StoredPlan"] | null;
            /** @description Units of each line that left and are not coming back: those a return may be announced for. */
            returnable: components["schemas"]["LineUnits"][];
            /** @description What comes back, oldest first. */
            returns: components["schemas"]["Return"][];
            /** @description What left, oldest first. */
            shipments: components["schemas"]["Shipment"][];
            /** @description Where it stands. */
            stage: components["schemas"]["Stage"];
            /** @description What the shop is told, oldest first. */
            write_backs: components["schemas"]["WriteBack"][];
        };
        /** @description Several changes of an order, made as a whole or not at all. */
        OrderEdits: {
            /** @description What, in order. */
            edits: components["schemas"]["Edit"][];
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The revision the decision was made on.
             */
            revision: number;
        };
        /**
         * @description What rules may know about an order, as it was when they were asked. Stored beside the router's snapshot, so that
         *     other rules can be asked the same later.
         */
        OrderFacts: {
            /** @description The shop it came from. */
            channel: components["schemas"]["ConnectionId"];
            /** @description ISO 3166-1 alpha-2 of the destination. */
            country: string;
            /** @description Currency of the value. */
            currency: components["schemas"]["Currency"];
            /**
             * Format: int32
             * @description Orders the customer placed before this one; `None` when unknown.
             */
            earlier_orders?: number | null;
            /** @description Names of the address fields a carrier needs and does not have. */
            missing_address: string[];
            /** @description Whether the shop has the money; `None` when it does not say. */
            paid?: boolean | null;
            /** @description Postcode of the destination, as written. */
            postcode: string;
            /** @description The shop's name of the shipping. */
            shipping_option: string;
            /** @description SKUs of the goods to ship. */
            skus: components["schemas"]["Sku"][];
            /** @description The shop's labels. */
            tags: string[];
            /**
             * Format: int64
             * @description Value of the goods to ship, in minor units.
             */
            value: number;
            /**
             * Format: int64
             * @description Weight of the goods to ship, in grams; goods of unknown weight count 0.
             */
            weight: number;
        };
        /** @description An order of one shop. */
        OrderId: string;
        /** @description One line of an order: a SKU and how many units. */
        OrderLine: {
            /** @description Units that wait for stock on purpose: promised from goods that are still to come, asked of no warehouse. */
            backordered?: components["schemas"]["u32"];
            /** @description Units of those that were cancelled since. */
            cancelled: components["schemas"]["u32"];
            /** @description Our identity of it. */
            id: components["schemas"]["LineId"];
            /** @description Goods or fee. */
            kind: components["schemas"]["LineKind"];
            /** @description Units bought. */
            ordered: components["schemas"]["u32"];
            /** @description The lot the customer asked for, when there was such a wish. */
            requested_lot?: string | null;
            /** @description The shop's identity of it. */
            shop_line_id: string;
            /** @description What. */
            sku: components["schemas"]["Sku"];
            /** @description The shop's wording; may be empty. */
            title: string;
            /** @description Price of one unit; may be zero. */
            unit_price: components["schemas"]["Money"];
            /** @description Weight of one unit in grams, 0 when unknown. */
            unit_weight: components["schemas"]["u32"];
        };
        /** @description A page of orders. */
        OrderList: {
            /** @description Rows in order. */
            items: components["schemas"]["OrderSummary"][];
            /** @description Where the next page starts; absent at the end. */
            next?: string | null;
            /** @description How many match, counted to 10,000. */
            total: components["schemas"]["Count"];
        };
        /**
         * @description The stored lifecycle of an order (`received -> blocked | accepted -> planned -> closed`, `cancelled`).
         *
         *     Progress, lateness and "held" are computed from facts, never stored here.
         * @enum {string}
         */
        OrderState: "received" | "blocked" | "accepted" | "planned" | "closed" | "cancelled";
        /** @description A row of an order list. */
        OrderSummary: {
            /** @description Carriers of its shipments, by first parcel. */
            carriers: string[];
            /** @description Destination town. */
            city: string;
            /** @description Destination country. */
            country: string;
            /** @description Currency of the total. */
            currency: string;
            /** @description Buyer's name. */
            customer: string;
            editable_until?: components["schemas"]["Timestamp"] | null;
            /** @description Whether a person changed it. */
            edited: boolean;
            /** @description Whether a hold is on it. */
            held: boolean;
            /** @description Identity. */
            id: components["schemas"]["OrderId"];
            /**
             * Format: int32
             * @description Lines of goods.
             */
            lines: number;
            /** @description What people call it. */
            number: string;
            /** @description When the customer bought. */
            placed_at: components["schemas"]["Timestamp"];
            /** @description Title of its first problem, if any. */
            problem?: string | null;
            /** @description When we received it. */
            received_at: components["schemas"]["Timestamp"];
            /** @description Shop. */
            shop: components["schemas"]["ConnectionId"];
            /** @description Where it stands. */
            stage: components["schemas"]["Stage"];
            /** @description Lifecycle. */
            state: components["schemas"]["OrderState"];
            /** @description The shop's labels. */
            tags: string[];
            /**
             * Format: int64
             * @description Total in minor units.
             */
            total: number;
            /**
             * Format: int32
             * @description Units of goods wanted.
             */
            units: number;
            /** @description Last change. */
            updated_at: components["schemas"]["Timestamp"];
            /** @description Warehouses with a part in it that is not cancelled, by first part. */
            warehouses: components["schemas"]["WarehouseId"][];
        };
        /** @description One parcel with its carrier's code. */
        Parcel: {
            /** @description Carrier as the warehouse spells it. */
            carrier: string;
            /** @description Tracking code. */
            tracking_code: string;
            /** @description Where a person can follow it; empty when the warehouse sent none. */
            tracking_url: string;
        };
        /** @description One step of a parcel tariff. */
        ParcelPrice: {
            /**
             * Format: int64
             * @description Its price.
             */
            price: number;
            /**
             * Format: int32
             * @description Grams one such parcel carries.
             */
            up_to: number;
        };
        /** @description What an edit means for one part. */
        PartVerdict: {
            fulfillment?: components["schemas"]["FulfillmentId"] | null;
            /** @description What the edit means there. */
            ruling: components["schemas"]["EditRuling"];
            /** @description How far it is. */
            stage: components["schemas"]["EditStage"];
        };
        /** @description Whether one verb is possible now. */
        Permission: {
            /** @description Whether the rules allow it now, at least for a part of the order. */
            allowed: boolean;
            /** @description Whether a warehouse has to be asked, because it has the goods on its list already. */
            asks: boolean;
            why?: components["schemas"]["Problem"] | null;
        };
        /** @description The assignment and why it is the best one. */
        Plan: {
            /** @description Units by line and warehouse, in (line, warehouse) order of their ids; no zero quantities. */
            allocation: components["schemas"]["Allocation"][];
            /** @description For every warehouse: used, or why not. */
            explain: {
                [key: string]: components["schemas"]["Explanation"];
            };
            gap?: components["schemas"]["Gap"] | null;
            /** @description The input's id. */
            id: string;
            /** @description Why fewer warehouses are impossible. */
            lower_bound: components["schemas"]["LowerBound"];
            /** @description What the assignment costs at each level. */
            objective: components["schemas"]["Objective"];
            /** @description True when the objective is proven optimal; false only when the stated step limit was reached. */
            proven: boolean;
            /** @description Units nobody ships, in line order. */
            short: components["schemas"]["Short"][];
        };
        /** @description One order to assign. */
        PlanInput: {
            /** @description Echoed in the answer. */
            id: string;
            /** @description What is wanted; ids are unique. */
            lines: components["schemas"]["PlanLine"][];
            /**
             * Format: int32
             * @description At most this many warehouses.
             */
            max_warehouses?: number | null;
            /**
             * Format: int64
             * @description When two or more warehouses are used, the value of each one's part is at least this.
             */
            min_part_value?: number;
            /** @description Order of the middle levels; one left out is not optimised. */
            objective?: components["schemas"]["Level"][];
            /** @description Everything ships or nothing does. */
            ship_complete?: boolean;
            /** @description What they have; a pair that is missing has none. */
            stock: components["schemas"]["PlanStock"][];
            /** @description Candidates; ids are unique. */
            warehouses: components["schemas"]["PlanWarehouse"][];
        };
        /** @description Units of one SKU wanted. */
        PlanLine: {
            /** @description Unique in the order. */
            id: string;
            /** @description Ships from here or not at all. */
            pinned_warehouse?: string | null;
            /**
             * Format: int32
             * @description How many.
             */
            quantity: number;
            /** @description Lines of one group ship whole from one and the same warehouse, or not at all. */
            ship_group?: string | null;
            /** @description What. */
            sku: string;
            /** @description Whether its units may come from several warehouses. */
            splittable?: boolean;
            /**
             * Format: int64
             * @description Value of a unit; a line without value counts 1 per unit when short.
             */
            unit_value?: number;
            /**
             * Format: int32
             * @description Weight of a unit.
             */
            unit_weight?: number;
        };
        /** @description When the next parcel leaves a warehouse of the new plan. */
        PlannedCutOff: {
            at?: components["schemas"]["Timestamp"] | null;
            /** @description Where. */
            warehouse: components["schemas"]["WarehouseId"];
        };
        /** @description One constraint that could be relaxed. */
        PlanRelaxation: {
            /** @enum {string} */
            kind: "allow_warehouses";
            /**
             * Format: int32
             * @description As many as the plan then takes.
             */
            warehouses: number;
        } | {
            /** @enum {string} */
            kind: "lower_part_value";
            /**
             * Format: int64
             * @description The least value of a part then.
             */
            min_part_value: number;
        } | {
            /** @enum {string} */
            kind: "unpin";
            /** @description The line's id. */
            line: string;
        } | {
            /** @enum {string} */
            kind: "split";
            /** @description The line's id. */
            line: string;
        } | {
            /** @enum {string} */
            kind: "ungroup";
            /** @description The group's name. */
            ship_group: string;
        } | {
            /** @enum {string} */
            kind: "lift_exclusion";
            /** @description The SKU. */
            sku: string;
            /** @description The warehouse's id. */
            warehouse: string;
        } | {
            /** @enum {string} */
            kind: "raise_capacity";
            /**
             * Format: int32
             * @description As many as the plan then takes from it.
             */
            units: number;
            /** @description The warehouse's id. */
            warehouse: string;
        } | {
            /** @enum {string} */
            kind: "admit";
            /** @description Why it is not. */
            reason?: string | null;
            /** @description The warehouse's id. */
            warehouse: string;
        } | {
            /** @enum {string} */
            kind: "find_stock";
            /** @description The SKU. */
            sku: string;
            /**
             * Format: int32
             * @description Units missing.
             */
            units: number;
        };
        /** @description Units of one SKU that one warehouse may promise. */
        PlanStock: {
            /**
             * Format: int32
             * @description How many.
             */
            available: number;
            /** @description What. */
            sku: string;
            /** @description Where. */
            warehouse: string;
        };
        /** @description One candidate. */
        PlanWarehouse: {
            /**
             * Format: int32
             * @description Most units it can take.
             */
            capacity_units?: number | null;
            /** @description Whether it may ship this order at all. */
            eligible?: boolean;
            /** @description SKUs it must not ship. */
            excluded_skus?: string[];
            /**
             * Format: int64
             * @description Cost of using it at all.
             */
            handling?: number;
            /** @description Unique. */
            id: string;
            /** @description Why not, in words. */
            ineligible_reason?: string | null;
            /**
             * Format: int64
             * @description Hours a unit from here is late.
             */
            late_hours?: number;
            /** @description Parcel price steps; any number of each; none means parcels cost nothing. */
            parcels?: components["schemas"]["ParcelPrice"][];
            /**
             * Format: int64
             * @description Preference among equals.
             */
            rank?: number;
            /**
             * Format: int64
             * @description Cost of each unit.
             */
            unit_handling?: number;
        };
        /** @description Who wrote a version of a policy, when and why. */
        PolicyVersion: {
            at?: components["schemas"]["Timestamp"] | null;
            /** @description Sign-in name of who wrote it. */
            author: string;
            /** @description Why, in their words. */
            reason: string;
            /**
             * Format: int64
             * @description From 1.
             */
            version: number;
        };
        /**
         * @description Postcodes whose first characters lie between two texts of the same length, both included: `01` to `09`, or
         *     `20095` to `20539`.
         */
        PostcodeRange: {
            /** @description The first. */
            from: string;
            /** @description The last. */
            to: string;
        };
        /** @description Postcodes by their beginning or by range. Spaces, hyphens and case do not matter. */
        Postcodes: {
            /** @description It begins with one of these ... */
            prefixes?: string[];
            /** @description ... or lies in one of these. */
            ranges?: components["schemas"]["PostcodeRange"][];
        };
        /** @description What a draft would change. */
        Preview: {
            /** @description What would need a person. */
            attention: components["schemas"]["AttentionItem"][];
            /** @description What changes, field by field. */
            changes: components["schemas"]["FieldChange"][];
            conflict?: components["schemas"]["PreviewConflict"] | null;
            /**
             * Format: int64
             * @description The router's cost afterwards; `None` without a plan.
             */
            cost_after?: number | null;
            /**
             * Format: int64
             * @description The router's cost now, minor units; `None` without a plan.
             */
            cost_before?: number | null;
            /** @description When the parcels of the plan would leave at the earliest. */
            cut_offs: components["schemas"]["PlannedCutOff"][];
            /** @description Each edit's outcome, in order. */
            edits: components["schemas"]["EditPreview"][];
            /** @description The order afterwards. */
            order: components["schemas"]["Order"];
            plan?: components["schemas"]["Plan"] | null;
            /** @description Why it cannot be planned, in words; `None` when it can. */
            plan_problem?: string | null;
            /** @description What warehouses would be asked. */
            requests: components["schemas"]["RequestPreview"][];
            /** @description What would be reserved otherwise. */
            stock: components["schemas"]["StockEffect"][];
        };
        /** @description Somebody else changed the order since the draft was begun. */
        PreviewConflict: {
            /** @description The order the draft was made on. */
            base: components["schemas"]["Order"];
            /** @description Fields that both changed, and not to the same. */
            both: string[];
            /** @description What others changed since. */
            theirs: components["schemas"]["FieldChange"][];
            /** @description What the draft would change of the base. */
            yours: components["schemas"]["FieldChange"][];
        };
        /** @description Something that went wrong, told so that a person can act: what, why in the partner's words, what next. */
        Problem: {
            /** @description The code, with a page of its own. */
            code: components["schemas"]["Code"];
            /** @description The cause, in the partner's words where it has some. */
            detail: string;
            /** @description What to do next. */
            next_step: string;
            /** @description What failed, naming the object. */
            title: string;
        };
        /** @description Body of every error answer. */
        ProblemDocument: {
            /** @description The code, with a page of its own. */
            code: components["schemas"]["Code"];
            /** @description The cause. */
            detail: string;
            /** @description Which fields, parameters or query terms are wrong. */
            fields: components["schemas"]["FieldProblem"][];
            /** @description Reference of this occurrence, also in the log. */
            instance: string;
            /** @description What to do next. */
            next_step: string;
            order?: components["schemas"]["Order"] | null;
            /**
             * Format: int32
             * @description HTTP status.
             */
            status: number;
            /** @description What failed, naming the object. */
            title: string;
            /** @description Path of the page about this code, `/docs/errors/<code>`. */
            type: string;
        };
        /** @description Fewer units of a line. */
        QuantityEdit: {
            /** @description Only say what would change. */
            dry_run?: boolean;
            /**
             * Format: int32
             * @description Units wanted from now on.
             */
            quantity: number;
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The revision the decision was made on.
             */
            revision: number;
        };
        /** @description Calls of the last minute. */
        Rates: {
            /**
             * Format: int32
             * @description Failed calls per minute.
             */
            errors_per_minute: number;
            /**
             * Format: int32
             * @description New items received per minute.
             */
            received_per_minute: number;
            /**
             * Format: int32
             * @description Effects brought about per minute: hand-overs or write-backs.
             */
            sent_per_minute: number;
        };
        /** @description Exactly what the shop sent. */
        RawOrder: {
            /** @description The shop's id of the order. */
            external_id: string;
            /** @description When it came. */
            received_at: components["schemas"]["Timestamp"];
            /** @description The payload; bytes that are no UTF-8 show as a replacement character. */
            text: string;
            /** @description Which version of it. */
            version: string;
        };
        /** @description Units that were counted. */
        Receipt: {
            /** @description In the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The return's revision the decision was made on.
             */
            revision: number;
            /** @description What was counted. */
            sku: string;
            /**
             * Format: int32
             * @description How many more.
             */
            units: number;
        };
        /** @description A recorded change. */
        Recorded: {
            /** @description Who. */
            actor: components["schemas"]["Actor"];
            /** @description After. */
            after: unknown;
            /** @description When it happened. */
            at: components["schemas"]["Timestamp"];
            /** @description Before. */
            before: unknown;
            /** @description SHA-256 over the previous hash and this entry, hexadecimal. */
            hash: string;
            /** @description What, as `noun.verb_past`. */
            kind: string;
            order?: components["schemas"]["OrderId"] | null;
            /** @description Why. */
            reason: string;
            /**
             * Format: int64
             * @description Position in the journal, from 1, without gaps.
             */
            seq: number;
            /** @description The object it happened to. */
            subject: string;
        };
        /**
         * @description Why a warehouse refuses: the field's common set (Shopify's rejection reasons).
         * @enum {string}
         */
        RejectionReason: "incorrect_address" | "incorrect_product_info" | "ineligible_product" | "international_shipping_unavailable" | "invalid_contact_information" | "invalid_sku" | "inventory_out_of_stock" | "merchant_blocked" | "missing_customs_info" | "order_too_large" | "package_preference_not_set" | "payment_declined" | "undeliverable_destination" | "other";
        /** @description What a warehouse would be asked. */
        RequestPreview: {
            /** @description For what. */
            asks: components["schemas"]["Ask"][];
            /** @description About which part. */
            fulfillment: components["schemas"]["FulfillmentId"];
            /** @description Which warehouse. */
            warehouse: components["schemas"]["WarehouseId"];
        };
        /** @description Goods coming back. */
        Return: {
            /** @description When we learned of it. */
            announced_at: components["schemas"]["Timestamp"];
            /** @description Why. */
            cause: components["schemas"]["ReturnCause"];
            expires_at?: components["schemas"]["Timestamp"] | null;
            /** @description Identity. */
            id: components["schemas"]["ReturnId"];
            /** @description What comes. */
            items: components["schemas"]["ReturnItem"][];
            /** @description How far the conversation with the warehouse about it is. */
            notice: components["schemas"]["Notice"];
            order?: components["schemas"]["OrderId"] | null;
            problem?: components["schemas"]["Problem"] | null;
            received_at?: components["schemas"]["Timestamp"] | null;
            /** @description Our number, unique for ever; the warehouse keeps it and the label shows it. */
            reference: string;
            /** @description The warehouse's id of it, once it has one. */
            remote_id?: string | null;
            /**
             * Format: int64
             * @description Our revision, from 1; compare-and-set.
             */
            revision: number;
            /** @description Where it is. */
            state: components["schemas"]["ReturnState"];
            /** @description The carrier's code for the way back; may be empty. */
            tracking_code: string;
            /** @description When it last changed. */
            updated_at: components["schemas"]["Timestamp"];
            warehouse?: components["schemas"]["WarehouseId"] | null;
        };
        /** @description Goods of an order that will come back. */
        ReturnAnnouncement: {
            /** @description Why they come. */
            cause: components["schemas"]["ReturnCause"];
            expires_at?: components["schemas"]["Timestamp"] | null;
            /** @description What comes. */
            lines: components["schemas"]["ReturnedLine"][];
            /** @description The order they left for. */
            order: components["schemas"]["OrderId"];
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The order's revision the decision was made on.
             */
            revision: number;
            /** @description The carrier's code for the way back. */
            tracking_code?: string;
            warehouse?: components["schemas"]["WarehouseId"] | null;
        };
        /**
         * @description Why goods come back.
         * @enum {string}
         */
        ReturnCause: "customer" | "shipped_after_cancel" | "undeliverable" | "mistake" | "unannounced";
        /** @description How many returns are in a state. */
        ReturnCount: {
            /**
             * Format: int64
             * @description Returns there.
             */
            count: number;
            /** @description The state. */
            state: components["schemas"]["ReturnState"];
        };
        /** @description Units of an order line that will come back. */
        ReturnedLine: {
            /** @description The order line. */
            line: components["schemas"]["LineId"];
            /**
             * Format: int32
             * @description Units, at least 1 and no more than left.
             */
            units: number;
        };
        /** @description Goods coming back. */
        ReturnId: string;
        /** @description Some units of one article in a return. Units with different fates are different items ([`Return::split`]). */
        ReturnItem: {
            /** @description Units announced; 0 when unannounced. */
            announced: components["schemas"]["u32"];
            /** @description Its condition, in the warehouse's words. */
            condition: string;
            /** @description What the customer gets. */
            customer: components["schemas"]["CustomerDecision"];
            /** @description Whether the warehouse has looked at it. */
            inspected: boolean;
            line?: components["schemas"]["LineId"] | null;
            /** @description Units that arrived. */
            received: components["schemas"]["u32"];
            /** @description What. */
            sku: components["schemas"]["Sku"];
            /** @description What becomes of the goods. */
            stock: components["schemas"]["StockDecision"];
        };
        /** @description A page of returns. */
        ReturnList: {
            /** @description All returns by state, whatever was asked for; states with none are left out. */
            counts: components["schemas"]["ReturnCount"][];
            /** @description Newest first. */
            items: components["schemas"]["ReturnRow"][];
            next?: components["schemas"]["ReturnId"] | null;
        };
        /** @description A return with what a list shows of its order. */
        ReturnRow: {
            /** @description Number of the order they left for; absent when nobody knows it. */
            order_number?: string | null;
            /** @description The return. */
            return: components["schemas"]["Return"];
        };
        /**
         * @description Where a return is.
         * @enum {string}
         */
        ReturnState: "announced" | "in_transit" | "received" | "inspected" | "closed" | "expired" | "cancelled";
        /** @description One version of something people write: never changed, only followed by the next. */
        Revision: {
            /** @description Sign-in name of who wrote this version. */
            author: string;
            /** @description When. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Why, in their words. */
            reason: string;
            /**
             * Format: int32
             * @description From 1, one more for each change.
             */
            version: number;
        };
        /**
         * @description What somebody is to a team. Holding several is usual; none includes another except a lead those they lead.
         * @enum {string}
         */
        Role: "viewer" | "packer" | "warehouse_lead" | "back_office_agent" | "back_office_lead" | "admin" | "auditor" | "engine";
        /** @description Routing rules to try on stored orders. */
        RoutingDryRun: {
            /** @description The rules to try. */
            rules: components["schemas"]["RoutingRule"][];
            since?: components["schemas"]["Timestamp"] | null;
        };
        /** @description What other routing rules would have done. */
        RoutingDryRunResult: {
            /** @description What is wrong with the tried rules although they read well. */
            findings: components["schemas"]["RuleFinding"][];
            /**
             * Format: int64
             * @description How long it took, in milliseconds.
             */
            millis: number;
            /** @description Before and after, and the orders that would move. */
            report: components["schemas"]["DryRunReport"];
        };
        /** @description What a rule does to an order it matches. */
        RoutingEffect: {
            /**
             * @description Warehouses that earlier rules took out come back in. What is a fact (paused, does not ship there, refused the
             *     order) stays.
             */
            allow: components["schemas"]["RoutingPlaces"];
        } | {
            /** @description Warehouses may not ship the order, or some of its SKUs. */
            exclude: components["schemas"]["RoutingExclusion"];
        } | {
            /** @description No warehouses but these: excludes every other and allows these. */
            only: components["schemas"]["RoutingOnly"];
        } | {
            /** @description Ranks are shifted, so that warehouses win or lose among equals. */
            prefer: components["schemas"]["RoutingPreference"];
        } | {
            /** @description Lines ship from this warehouse or not at all. A pin the order brings along stays. */
            pin: components["schemas"]["RoutingPin"];
        } | {
            /** @description The order of the objective's middle levels; one left out is not optimised. */
            objective: components["schemas"]["Level"][];
        } | {
            /** @description Limits to splitting. They never loosen what the order itself says. */
            split: components["schemas"]["RoutingSplit"];
        };
        /** @description Warehouses that may not, and why. */
        RoutingExclusion: {
            /** @description These SKUs alone; left out means the whole order. */
            skus?: components["schemas"]["SkuPattern"][] | null;
            /** @description Which. */
            warehouses: components["schemas"]["WarehouseId"][];
            /** @description Why, for the person who asks "why not here?". */
            why?: string;
        };
        /** @description The only warehouses that may, and why. */
        RoutingOnly: {
            /** @description Which. */
            warehouses: components["schemas"]["WarehouseId"][];
            /** @description Why no others, for the person who asks "why not here?". */
            why?: string;
        };
        /** @description A warehouse for lines. */
        RoutingPin: {
            /** @description Lines of these SKUs alone; left out means every line. */
            skus?: components["schemas"]["SkuPattern"][] | null;
            /** @description Which. */
            warehouse: components["schemas"]["WarehouseId"];
        };
        /** @description Warehouses, for all goods or for some. */
        RoutingPlaces: {
            /** @description For these SKUs alone; left out means the whole order and every SKU. */
            skus?: components["schemas"]["SkuPattern"][] | null;
            /** @description Which. */
            warehouses: components["schemas"]["WarehouseId"][];
        };
        /** @description Warehouses whose rank is shifted. */
        RoutingPreference: {
            /**
             * Format: int32
             * @description Added to their rank; below zero prefers them.
             */
            shift: number;
            /** @description Which. */
            warehouses: components["schemas"]["WarehouseId"][];
        };
        /** @description When an order is so, then do that. */
        RoutingRule: {
            /** @description False while it is out of use. */
            enabled?: boolean;
            /** @description Its name, unique in the set. */
            id: components["schemas"]["RuleId"];
            /** @description What it is for, in its author's words. */
            note?: string;
            /** @description What it does to them. */
            then: components["schemas"]["RoutingEffect"][];
            /** @description Which orders it is about. */
            when: components["schemas"]["RuleCondition"];
        };
        /** @description The next routing rules. */
        RoutingRulesChange: {
            /**
             * Format: int64
             * @description The version they were made from.
             */
            base: number;
            /** @description Why, in the person's words. */
            reason: string;
            /** @description All rules from now on. */
            rules: components["schemas"]["RoutingRule"][];
        };
        /** @description The routing rules that hold. */
        RoutingRulesDetail: {
            /** @description What is wrong with them although they read well. */
            findings: components["schemas"]["RuleFinding"][];
            /** @description From top to bottom; the later one wins. */
            rules: components["schemas"]["RoutingRule"][];
            /** @description The version that holds; 0 without any rules yet. */
            version: components["schemas"]["PolicyVersion"];
            /** @description Versions, newest first; at most 50. */
            versions: components["schemas"]["PolicyVersion"][];
        };
        /** @description One version of the routing rules. */
        RoutingRulesVersion: {
            /** @description From top to bottom; the later one wins. */
            rules: components["schemas"]["RoutingRule"][];
            /** @description Which, who, when and why. */
            version: components["schemas"]["PolicyVersion"];
        };
        /** @description Limits to splitting; at least one. */
        RoutingSplit: {
            /**
             * Format: int32
             * @description At most so many warehouses.
             */
            max_warehouses?: number | null;
            /**
             * Format: int64
             * @description When two or more are used, each part is worth at least this, in minor units of the order's currency.
             */
            min_part_value?: number | null;
        };
        /**
         * @description What an order must be like. Lists mean any of their members. What is unknown about an order (`paid`,
         *     `earlier_orders`) fits no condition about it.
         */
        RuleCondition: "always" | {
            /** @description From one of these shops. */
            channel: components["schemas"]["ConnectionId"][];
        } | {
            /** @description To one of these countries, ISO 3166-1 alpha-2. */
            country: string[];
        } | {
            /** @description To one of these postcodes. */
            postcode: components["schemas"]["Postcodes"];
        } | {
            /** @description With at least one of these SKUs among the goods to ship. */
            sku: components["schemas"]["SkuPattern"][];
        } | {
            /** @description With nothing but these SKUs among the goods to ship. */
            only_skus: components["schemas"]["SkuPattern"][];
        } | {
            /** @description With one of these labels; case does not matter. */
            tag: string[];
        } | {
            /** @description With one of these shipping options, by the shop's name; case does not matter. */
            shipping_option: string[];
        } | {
            /** @description Goods to ship of such a value. An order in another currency does not fit. */
            value: components["schemas"]["ValueRange"];
        } | {
            /** @description Goods to ship of such a weight. */
            weight: components["schemas"]["WeightRange"];
        } | "unpaid" | "address_incomplete" | "new_customer" | {
            /** @description All of these. */
            all: components["schemas"]["RuleCondition"][];
        } | {
            /** @description At least one of these. */
            any: components["schemas"]["RuleCondition"][];
        } | {
            /** @description Not this. */
            not: components["schemas"]["RuleCondition"];
        };
        /** @description One thing to look at before the rules count. */
        RuleFinding: {
            /** @description In words, naming the other rule where there is one. */
            detail: string;
            /** @description What kind. */
            kind: components["schemas"]["RuleFindingKind"];
            /** @description The place, such as `rules[2].then[0]`. */
            path: string;
            /** @description The rule. */
            rule: components["schemas"]["RuleId"];
        };
        /**
         * @description Kind of a finding.
         * @enum {string}
         */
        RuleFindingKind: "unknown_warehouse" | "unknown_channel" | "unknown_sku" | "never_matches" | "shadowed" | "contradictory_pins" | "pin_excluded";
        /** @description The hold a rule places. */
        RuleHold: {
            /**
             * Format: int32
             * @description It lifts itself after so many seconds; left out means never.
             */
            expires_after_seconds?: number | null;
            /** @description Whether reserved stock stays reserved meanwhile. */
            keeps_stock?: boolean;
            /** @description It lifts itself as soon as the order fits the condition no more, such as when the money arrives. */
            lifts_itself?: boolean;
            /** @description What the owner should do; empty means that what was found is said instead. */
            note?: string;
            owner?: components["schemas"]["HoldOwner"] | null;
            /** @description Why. */
            reason: components["schemas"]["HoldReason"];
        };
        /**
         * @description A rule's name, chosen by its author and kept over its versions: 1 to 64 of `a`-`z`, `0`-`9`, `-`, `_` and `.`.
         * @example switzerland-from-zurich
         */
        RuleId: string;
        /** @description One rule and one order. */
        RuleTrace: {
            /** @description The facts because of which it fits or does not, in words. */
            because: string[];
            /** @description What its effects came to; empty when it did not match. */
            effects: components["schemas"]["EffectTrace"][];
            /** @description Whether the order fits its condition. */
            matched: boolean;
            /** @description The rule. */
            rule: components["schemas"]["RuleId"];
        };
        /** @description What is kept back. */
        SafetyChange: {
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int32
             * @description Units that are never promised from now on.
             */
            safety: number;
        };
        /** @description The service board. */
        ServiceList: {
            /** @description Every service, in the order of an order's way. */
            items: components["schemas"]["ServiceStatus"][];
        };
        /**
         * @description How a service is.
         * @enum {string}
         */
        ServiceState: "starting" | "running" | "stalled" | "restarting" | "stopped";
        /** @description One supervised service, for the service board. */
        ServiceStatus: {
            /**
             * Format: int64
             * @description Work given up.
             */
            dead: number;
            /**
             * Format: int64
             * @description Pieces of work done since start.
             */
            done: number;
            /**
             * Format: int64
             * @description Work that is due.
             */
            due: number;
            /**
             * Format: int64
             * @description Failed tries since start.
             */
            failed: number;
            heartbeat_at?: components["schemas"]["Timestamp"] | null;
            /** @description The last failure in words. */
            last_error?: string | null;
            /**
             * Format: int64
             * @description Work whose time has not come.
             */
            later: number;
            /** @description Registered name, such as `route`. */
            name: string;
            oldest_due?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int32
             * @description Pieces of work done in the last whole minute.
             */
            per_minute: number;
            /** @description What it does, in one sentence. */
            purpose: string;
            /** @description Work done in each of the last 30 buckets of 10 seconds, oldest first. */
            recent: number[];
            /** @description What a person does when it fails. */
            remedy: string;
            /**
             * Format: int32
             * @description How often it was restarted.
             */
            restarts: number;
            /** @description How it is. */
            state: components["schemas"]["ServiceState"];
        };
        /** @description The caller's session. */
        Session: {
            /** @description Who is calling. */
            caller: components["schemas"]["CallerView"];
        };
        /** @description A way out of a matter that waited for a person. */
        Settlement: {
            /** @description One of the matter's options. */
            choice: components["schemas"]["Choice"];
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The revision the decision was made on.
             */
            revision: number;
        };
        /** @description Which units left, when, in which parcels. */
        Shipment: {
            /** @description When we booked it. */
            booked_at: components["schemas"]["Timestamp"];
            /** @description The components that were in it. */
            components?: components["schemas"]["ShippedComponent"][];
            /** @description The fulfillment order it serves. */
            fulfillment: components["schemas"]["FulfillmentId"];
            /** @description Identity. */
            id: components["schemas"]["ShipmentId"];
            /** @description What left, in units of the order's lines: of a line that is shipped as components, the sets this one completed. */
            lines: components["schemas"]["ShippedLine"][];
            /** @description The order. */
            order: components["schemas"]["OrderId"];
            /** @description In which parcels; at least one. */
            parcels: components["schemas"]["Parcel"][];
            /** @description The warehouse's id of it; unique per warehouse, so a repeated report is recognised. */
            remote_id: string;
            /** @description When it left, by the warehouse. */
            shipped_at: components["schemas"]["Timestamp"];
        };
        /** @description A shipment a warehouse reported. */
        ShipmentId: string;
        /** @description Units of a component that left, of a line that its warehouse ships as components. */
        ShippedComponent: {
            /** @description The order line of the bundle. */
            line: components["schemas"]["LineId"];
            /** @description Units of it that left. */
            quantity: components["schemas"]["u32"];
            /** @description The component. */
            sku: components["schemas"]["Sku"];
        };
        /** @description Units of one order line that left. */
        ShippedLine: {
            /** @description The order line. */
            line: components["schemas"]["LineId"];
            /** @description Units that left. */
            quantity: components["schemas"]["u32"];
        };
        /**
         * @description What became of one difference.
         * @enum {string}
         */
        ShopChangeCourse: "already_so" | "done" | "asked" | "partly_done" | "conflict" | "unmet";
        /** @description One line as a shop says it. */
        ShopLine: {
            /** @description Goods or fee. */
            kind: components["schemas"]["LineKind"];
            /** @description Units the shop still wants. */
            quantity: components["schemas"]["u32"];
            /** @description The shop's id of it. */
            shop_line_id: string;
            /** @description What. */
            sku: components["schemas"]["Sku"];
            /** @description Its wording; may be empty. */
            title: string;
            /** @description Price of one unit. */
            unit_price: components["schemas"]["Money"];
            /** @description Weight of one unit in grams, 0 when unknown. */
            unit_weight: components["schemas"]["u32"];
        };
        /** @description What a shop may sell of a level. */
        ShopShare: {
            /**
             * Format: int32
             * @description Units kept for it.
             */
            kept: number;
            /** @description Its name. */
            name: string;
            /**
             * Format: int32
             * @description Units it may sell: what is available less what is kept for the others.
             */
            sellable: number;
            /** @description The shop's connection. */
            shop: components["schemas"]["ConnectionId"];
        };
        /** @description An order as a shop says it, at one of its revisions. */
        ShopVersion: {
            /** @description Whether it is cancelled there. */
            cancelled: boolean;
            /** @description Lines. */
            lines: components["schemas"]["ShopLine"][];
            /** @description Remark. */
            note: string;
            /** @description Destination. */
            ship_to: components["schemas"]["Address"];
            /** @description The shop's name of the shipping. */
            shipping_option: string;
            /** @description Labels. */
            tags: string[];
            /** @description Total. */
            total: components["schemas"]["Money"];
        };
        /** @description A shop's own edit window. */
        ShopWindow: {
            /** @description Its name. */
            name: string;
            /**
             * Format: int32
             * @description Seconds after receipt.
             */
            seconds: number;
            /** @description The shop. */
            shop: components["schemas"]["ConnectionId"];
        };
        /** @description Units of one line that nobody ships. */
        Short: {
            /** @description Line id. */
            line: string;
            /**
             * Format: int32
             * @description Units, at least 1.
             */
            quantity: number;
            /** @description Why, for a person. */
            reason: string;
        };
        /**
         * @description Which side of the order's way a system stands on.
         * @enum {string}
         */
        Side: "shop" | "warehouse";
        /** @description A one-time sign-in. */
        SignIn: {
            /** @description The ticket of the sign-in link; valid once, for five minutes. */
            ticket: string;
        };
        /** @description A stock keeping unit: the seller's own code for an article, compared byte for byte after trimming. */
        Sku: string;
        /**
         * @description A SKU, or all that begin alike: `TEA-*`. Compared byte for byte, as SKUs are.
         * @example TEA-*
         */
        SkuPattern: string;
        /** @description A day that differs from its weekday. */
        SpecialDay: {
            /** @description Its hours; none means closed. */
            hours?: components["schemas"]["WorkingHours"][];
            /** @description What people call it, such as `Christmas Day`. */
            name: string;
        };
        /**
         * @description Where an order stands on its way, computed from order and fulfillment states for lists and the flow map.
         *
         *     Stored beside the order so that it can be filtered and counted; the engine computes it with [`Stage::of`] in every
         *     change set, nobody sets it by hand.
         * @enum {string}
         */
        Stage: "received" | "blocked" | "routing" | "editable" | "held" | "releasing" | "unconfirmed" | "in_warehouse" | "shipped" | "closed" | "cancelled" | "attention";
        /** @description Units of one article, or one lot of it, in one warehouse. */
        StockBuckets: {
            /** @description Units of those that may not be promised, by reason; no zeros. */
            blocked?: {
                [key: string]: components["schemas"]["u32"];
            };
            /** @description Units kept for a channel, and for nobody else; no zeros. */
            earmarks?: {
                [key: string]: components["schemas"]["u32"];
            };
            /** @description Units announced and not here yet; never part of what is available. */
            incoming?: components["schemas"]["u32"];
            /**
             * @description Nothing observed earlier is believed: when the last report was made, or the last departure booked. A report from
             *     before a departure still counts the units that left.
             */
            observed_at?: components["schemas"]["Timestamp"];
            /** @description Units on the shelf. */
            on_hand: components["schemas"]["u32"];
            /** @description Units of those promised to fulfillment orders. */
            reserved: components["schemas"]["u32"];
            /** @description Units never promised. */
            safety?: components["schemas"]["u32"];
            /**
             * Format: int64
             * @description Number of the last report taken, by its source; 0 before the first.
             */
            sequence?: number;
        };
        /**
         * @description Why stock moved.
         * @enum {string}
         */
        StockCause: "reserved" | "freed" | "departed" | "received" | "returned" | "blocked" | "unblocked" | "counted" | "corrected" | "announced" | "earmarked";
        /**
         * @description What becomes of the goods.
         * @enum {string}
         */
        StockDecision: "undecided" | "restock" | "quarantine" | "dispose" | "send_back";
        /** @description A level and how it came to be. */
        StockDetail: {
            /** @description The level now. */
            level: components["schemas"]["StockRow"];
            /** @description Its movements, newest first; at most 200. */
            movements: components["schemas"]["LedgerRow"][];
        };
        /** @description What is behind a movement. */
        StockDocument: {
            /** @description Which. */
            id: components["schemas"]["FulfillmentId"];
            /** @enum {string} */
            kind: "fulfillment";
        } | {
            /** @description Which. */
            id: components["schemas"]["ShipmentId"];
            /** @enum {string} */
            kind: "shipment";
        } | {
            /** @description Which. */
            id: components["schemas"]["TransferId"];
            /** @enum {string} */
            kind: "transfer";
        } | {
            /** @description Which. */
            id: components["schemas"]["ReturnId"];
            /** @enum {string} */
            kind: "return";
        } | {
            /** @enum {string} */
            kind: "report";
            /**
             * Format: int64
             * @description Its number, by its source.
             */
            sequence: number;
        } | {
            /** @enum {string} */
            kind: "note";
            /** @description What they said. */
            note: string;
        };
        /** @description Units reserved of an article in a warehouse, before and after. */
        StockEffect: {
            /**
             * Format: int64
             * @description Units reserved for it afterwards.
             */
            after: number;
            /**
             * Format: int64
             * @description Units reserved for this order now.
             */
            before: number;
            /** @description What. */
            sku: components["schemas"]["Sku"];
            /** @description Where. */
            warehouse: components["schemas"]["WarehouseId"];
        };
        /** @description One change of a level, never rewritten. */
        StockLedgerEntry: components["schemas"]["StockMovement"] & {
            at?: components["schemas"]["Timestamp"] | null;
            by?: components["schemas"]["Actor"] | null;
            /** @description Why. */
            cause: components["schemas"]["StockCause"];
            document?: components["schemas"]["StockDocument"] | null;
            /**
             * Format: int64
             * @description The journal entry of the same transaction, if it had one.
             */
            journal_seq?: number | null;
            /** @description What the transaction was about: the id of the order, shipment or connection of its first journal entry. */
            subject: string;
        };
        /** @description Stock of one SKU in one warehouse. */
        StockLevel: components["schemas"]["StockBuckets"] & {
            /** @description What. */
            sku: components["schemas"]["Sku"];
            /** @description Where. */
            warehouse: components["schemas"]["WarehouseId"];
        };
        /** @description A page of levels. */
        StockList: {
            /** @description By SKU, then warehouse. */
            items: components["schemas"]["StockRow"][];
            /** @description Where the next page starts; absent at the end. */
            next?: string | null;
        };
        /** @description Changes of the buckets by one ledger entry. Positive is more. */
        StockMovement: {
            /** @description Units blocked, by reason. */
            blocked?: {
                [key: string]: number;
            };
            /** @description Units kept for channels. */
            earmarks?: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Units announced.
             */
            incoming?: number;
            /**
             * Format: int64
             * @description Units on the shelf.
             */
            on_hand?: number;
            /**
             * Format: int64
             * @description Units promised.
             */
            reserved?: number;
        };
        /** @description A level with what may still be promised of it, and by whom. */
        StockRow: {
            /**
             * Format: int32
             * @description Units that may still be promised to somebody.
             */
            available: number;
            /** @description The level: where its units are. */
            level: components["schemas"]["StockLevel"];
            /**
             * Format: int64
             * @description Units that were promised or set aside and are not there.
             */
            over_promised: number;
            /** @description What each shop may sell of it, by the shop's creation. */
            shops: components["schemas"]["ShopShare"][];
        };
        /** @description What becomes of an item's goods. */
        StockVerdict: {
            /** @description How the goods look, in words; may be empty. */
            condition: string;
            /** @description The decision. */
            decision: components["schemas"]["StockDecision"];
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The return's revision the decision was made on.
             */
            revision: number;
        };
        /** @description A plan as it was made. */
        StoredPlan: {
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            facts?: components["schemas"]["OrderFacts"] | null;
            /** @description What the router would have been asked without any rules. */
            input: components["schemas"]["PlanInput"];
            /** @description What the router answered. */
            plan: components["schemas"]["Plan"];
            /** @description What would have to give for the whole order to ship; `None` when it ships. */
            relaxation?: components["schemas"]["PlanRelaxation"][] | null;
            /** @description Every rule in use: whether it matched and why, and what it did. */
            rules?: components["schemas"]["RuleTrace"][];
            /**
             * Format: int32
             * @description Version of the routing rules that changed the question; 0 when there were none.
             */
            rules_version?: number;
        };
        /** @description State of the database. */
        StoreHealth: {
            problem?: components["schemas"]["Problem"] | null;
        };
        /** @description How far one stream has been read. */
        StreamView: {
            /**
             * Format: int64
             * @description New items since the start.
             */
            items: number;
            /**
             * Format: int64
             * @description Seconds since then.
             */
            lag_seconds?: number | null;
            last_page_at?: components["schemas"]["Timestamp"] | null;
            /** @description Its name. */
            stream: string;
        };
        /** @description One difference, three ways. */
        ThreeWay: {
            /** @description What became of it. */
            course: components["schemas"]["ShopChangeCourse"];
            /** @description What it is about, such as `ship_to` or `lines.lin_...wanted`. */
            field: string;
            /** @description What is so here. */
            here: unknown;
            units?: components["schemas"]["LineAccount"] | null;
            /** @description What it says now. */
            wants: unknown;
            /** @description What the shop said last time. */
            was: unknown;
            /** @description Why it was not simply done; empty when it was. */
            why: string;
        };
        /** @description What happened to an order. */
        Timeline: {
            /** @description Journal entries, oldest first; at most 1,000. */
            items: components["schemas"]["Recorded"][];
        };
        /**
         * Format: date-time
         * @description An instant in microseconds UTC; RFC 3339 with `Z` in JSON, BIGINT in the database.
         * @example 2026-11-22T09:30:00Z
         */
        Timestamp: string;
        /** @description Goods announced to a warehouse. */
        Transfer: {
            /** @description When somebody began it. */
            created_at: components["schemas"]["Timestamp"];
            expected_at?: components["schemas"]["Timestamp"] | null;
            from?: components["schemas"]["WarehouseId"] | null;
            /** @description Identity. */
            id: components["schemas"]["TransferId"];
            /** @description What. */
            lines: components["schemas"]["TransferLine"][];
            /** @description What people say of it: the supplier, the carrier; may be empty. */
            note: string;
            /** @description Our number, unique for ever. */
            reference: string;
            /** @description The warehouse's id of it, once it has one. */
            remote_id?: string | null;
            /**
             * Format: int64
             * @description Our revision, from 1; compare-and-set.
             */
            revision: number;
            /** @description Where it is. */
            state: components["schemas"]["TransferState"];
            /** @description The warehouse they go to. */
            to: components["schemas"]["WarehouseId"];
            /** @description When it last changed. */
            updated_at: components["schemas"]["Timestamp"];
        };
        /** @description Goods that somebody sends to a warehouse. */
        TransferAnnouncement: {
            expected_at?: components["schemas"]["Timestamp"] | null;
            from?: components["schemas"]["WarehouseId"] | null;
            /** @description What; a SKU once. */
            lines: components["schemas"]["AnnouncedLine"][];
            /** @description The supplier, the carrier; may be empty. */
            note?: string;
            /** @description Why, in the person's words; may be empty. */
            reason: string;
            /** @description The warehouse they go to. */
            to: components["schemas"]["WarehouseId"];
        };
        /** @description Why a count differs from what was announced. */
        TransferExplanation: {
            /** @description Lost, damaged, or more than announced. */
            difference: components["schemas"]["DiscrepancyKind"];
            /** @description What happened; not empty. */
            reason: string;
            /**
             * Format: int64
             * @description The transfer's revision the decision was made on.
             */
            revision: number;
            /**
             * Format: int32
             * @description Units, at least 1.
             */
            units: number;
        };
        /** @description Goods announced to a warehouse. */
        TransferId: string;
        /** @description Units of one article, and lot where it has one, in a transfer. */
        TransferLine: {
            /** @description Units on the announcement. */
            announced: components["schemas"]["u32"];
            /** @description Bookings that explain a difference. */
            discrepancies: components["schemas"]["Discrepancy"][];
            /** @description Which lot, where lots are kept. */
            lot?: string | null;
            /** @description Units of those set aside to be looked at. */
            quarantined: components["schemas"]["u32"];
            /** @description Units counted on arrival. */
            received: components["schemas"]["u32"];
            /** @description What. */
            sku: components["schemas"]["Sku"];
            /** @description Units of those put on the shelf. */
            stocked: components["schemas"]["u32"];
        };
        /** @description A page of transfers. */
        TransferList: {
            /** @description Newest first. */
            items: components["schemas"]["Transfer"][];
            next?: components["schemas"]["TransferId"] | null;
        };
        /** @description Units of a line that are where they stay. */
        TransferPutAway: {
            /**
             * Format: int32
             * @description Units more set aside to be looked at.
             */
            quarantined: number;
            /** @description In the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The transfer's revision the decision was made on.
             */
            revision: number;
            /**
             * Format: int32
             * @description Units more on the shelf, for sale.
             */
            stocked: number;
        };
        /** @description Units of a line that were counted. */
        TransferReceipt: {
            /** @description In the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The transfer's revision the decision was made on.
             */
            revision: number;
            /**
             * Format: int32
             * @description How many more, at least 1.
             */
            units: number;
        };
        /**
         * @description Where a transfer is.
         * @enum {string}
         */
        TransferState: "draft" | "announced" | "accepted" | "rejected" | "in_transit" | "partly_received" | "received" | "closed";
        /** @description A step of a transfer. */
        TransferStep: {
            /** @description In the person's words; may be empty. */
            reason: string;
            /**
             * Format: int64
             * @description The transfer's revision the decision was made on.
             */
            revision: number;
            /** @description Where it is from now on: `accepted`, `rejected`, `in_transit`, `received` when nothing more comes, `closed`. */
            to: components["schemas"]["TransferState"];
        };
        /** Format: int32 */
        u32: number;
        /** @description Units that somebody moved to a warehouse of their choice: the router pins them there. */
        UnitMove: {
            /** @description The part they were taken from. */
            from: components["schemas"]["FulfillmentId"];
            /** @description Which units. */
            lines: components["schemas"]["FulfillmentLine"][];
            /** @description Where they go. */
            to: components["schemas"]["WarehouseId"];
        };
        /** @description From one amount up to, but not including, another, in minor units. At least one end is given. */
        ValueRange: {
            /**
             * Format: int64
             * @description The smallest amount that fits.
             */
            at_least?: number | null;
            /**
             * Format: int64
             * @description The smallest amount that is too much.
             */
            below?: number | null;
            /** @description Currency of both amounts. */
            currency: components["schemas"]["Currency"];
        };
        /** @description Edits that somebody wants and could not make. */
        Wanted: {
            /** @description Who wants it. */
            by: components["schemas"]["Actor"];
            /** @description What, in order; done as a whole or not at all. */
            edits: components["schemas"]["Edit"][];
            /** @description Why, in their words; may be empty. */
            reason: string;
        };
        /** @description A place that holds stock and ships, reached through a connection. */
        Warehouse: {
            /** @description The connection that reaches it. */
            connection: components["schemas"]["ConnectionId"];
            /** @description ISO 3166-1 alpha-2 of its location. */
            country: string;
            /**
             * Format: int64
             * @description Cost of opening a parcel there, minor units of the reporting currency.
             */
            handling: number;
            /** @description Identity. */
            id: components["schemas"]["WarehouseId"];
            /**
             * Format: int32
             * @description Hours from release to hand-over to the carrier beyond the promise, for routing.
             */
            late_hours: number;
            /** @description What people call it. */
            name: string;
            /**
             * Format: int32
             * @description Preference among equals; 1 is first.
             */
            rank: number;
            /** @description The partner's id of it. */
            remote_id: string;
            /** @description Countries it ships to; empty means all. */
            ships_to: string[];
            /**
             * Format: int64
             * @description Cost of picking one unit there, minor units.
             */
            unit_handling: number;
        };
        /** @description A warehouse's working days and cut-offs. */
        WarehouseCalendar: {
            calendar?: components["schemas"]["Calendar"] | null;
            /** @description Its name. */
            name: string;
            next_cut_off?: components["schemas"]["Timestamp"] | null;
            /** @description The version that holds; 0 without a calendar. */
            version: components["schemas"]["PolicyVersion"];
            /** @description The warehouse. */
            warehouse: components["schemas"]["WarehouseId"];
        };
        /** @description A place that holds stock and ships. */
        WarehouseId: string;
        /** @description From one weight up to, but not including, another, in grams. At least one end is given. */
        WeightRange: {
            /**
             * Format: int64
             * @description The smallest weight that fits.
             */
            at_least?: number | null;
            /**
             * Format: int64
             * @description The smallest weight that is too much.
             */
            below?: number | null;
        };
        /** @description The window of some shop, some warehouse, or both. */
        WindowChoice: {
            shop?: components["schemas"]["ConnectionId"] | null;
            warehouse?: components["schemas"]["WarehouseId"] | null;
            /** @description Their window. */
            window: components["schemas"]["EditWindow"];
        };
        /** @description A stretch of one day during which the warehouse works. */
        WorkingHours: {
            /** @description Work ends; later than it began. A night shift is two spans: until `24:00`, and from `00:00` of the next day. */
            close: components["schemas"]["LocalTime"];
            /** @description Work begins. */
            open: components["schemas"]["LocalTime"];
        };
        /** @description The hours of each weekday, in order of the day and without overlap; a day left out is no working day. */
        WorkingWeek: {
            /** @description Hours of a Friday. */
            friday?: components["schemas"]["WorkingHours"][];
            /** @description Hours of a Monday. */
            monday?: components["schemas"]["WorkingHours"][];
            /** @description Hours of a Saturday. */
            saturday?: components["schemas"]["WorkingHours"][];
            /** @description Hours of a Sunday. */
            sunday?: components["schemas"]["WorkingHours"][];
            /** @description Hours of a Thursday. */
            thursday?: components["schemas"]["WorkingHours"][];
            /** @description Hours of a Tuesday. */
            tuesday?: components["schemas"]["WorkingHours"][];
            /** @description Hours of a Wednesday. */
            wednesday?: components["schemas"]["WorkingHours"][];
        };
        /** @description The duty to report one shipment to the shop. */
        WriteBack: {
            /**
             * Format: int32
             * @description Tries so far.
             */
            attempts: number;
            /** @description Not tried before. */
            due_at: components["schemas"]["Timestamp"];
            /** @description Identity. */
            id: components["schemas"]["WriteBackId"];
            last_error?: components["schemas"]["Problem"] | null;
            /** @description The order. */
            order: components["schemas"]["OrderId"];
            /** @description The shop's id of what it recorded, once confirmed. */
            remote_id?: string | null;
            /**
             * Format: int64
             * @description Revision of this row, from 1; compare-and-set.
             */
            revision: number;
            /** @description The shipment to report. */
            shipment: components["schemas"]["ShipmentId"];
            /** @description The shop to tell. */
            shop: components["schemas"]["ConnectionId"];
            /** @description Where it is. */
            state: components["schemas"]["WriteBackState"];
        };
        /** @description A duty to tell the shop something. */
        WriteBackId: string;
        /**
         * @description Where a write-back is.
         * @enum {string}
         */
        WriteBackState: "due" | "sending" | "in_doubt" | "confirmed" | "failed" | "waived";
        /**
         * @description A time zone by its name in the IANA database, such as `Europe/Berlin`.
         * @example Europe/Berlin
         */
        Zone: string;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_approval: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    change_approval: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalChange"];
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    list_articles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The SKU */
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The article */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    change_article: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The SKU */
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArticleChange"];
            };
        };
        responses: {
            /** @description The article now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    list_attention: {
        parameters: {
            query?: {
                /** @description Goes on after an earlier page: its `next`. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttentionList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    list_calendars: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One entry for each warehouse */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    change_calendar: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The warehouse */
                warehouse: components["schemas"]["WarehouseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarChange"];
            };
        };
        responses: {
            /** @description The calendar that holds now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarehouseCalendar"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    list_connections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every connection */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    add_connection: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionSetup"];
            };
        };
        responses: {
            /** @description Set up */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    check_connection: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The connection */
                id: components["schemas"]["ConnectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Works, or what is wrong */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    pause_connection: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The connection */
                id: components["schemas"]["ConnectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Paused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    resume_connection: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The connection */
                id: components["schemas"]["ConnectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Running */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    list_connectors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every connector */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_edit_windows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The windows that hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditWindowsDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    change_edit_windows: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditWindowsChange"];
            };
        };
        responses: {
            /** @description The windows that hold now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditWindowsDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    stream_events: {
        parameters: {
            query?: {
                /** @description Journal position after which to start, when there is no `Last-Event-ID` header; the present when left out. */
                after?: number;
            };
            header?: {
                /** @description Position of the last event seen */
                "Last-Event-ID"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of `Envelope` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_flow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flow"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReport"];
                };
            };
        };
    };
    list_orders: {
        parameters: {
            query?: {
                /** @description Goes on after an earlier page: its `next`. */
                after?: string;
                /** @description Rows of the page, 1 to 500; 100 when left out. */
                limit?: number;
                /** @description Skips this many rows instead; for jumping with a scroll bar. */
                offset?: number;
                /** @description Query text, such as `state:editable cutoff:<30m`; see docs/api-design.md. */
                q?: string;
                /**
                 * @description `received`, `placed`, `updated`, `editable_until`, `total` or `number`; with `-` in front largest first.
                 * @example -received
                 */
                sort?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    edit_order_address: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressEdit"];
            };
        };
        responses: {
            /** @description Changed, or what would change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    settle_attention: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
                /** @description Its place among the order's open matters, from 0 */
                matter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settlement"];
            };
        };
        responses: {
            /** @description Settled: the order afterwards */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    cancel_order: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Cancellation"];
            };
        };
        responses: {
            /** @description Cancelled, or what would change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    edit_order: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderEdits"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    place_hold: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldPlacement"];
            };
        };
        responses: {
            /** @description Held */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    lift_hold: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The hold */
                hold: components["schemas"]["HoldId"];
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Lifted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    edit_line_quantity: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
                /** @description The line */
                line: components["schemas"]["LineId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuantityEdit"];
            };
        };
        responses: {
            /** @description Changed, or what would change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    preview_edits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditDraft"];
            };
        };
        responses: {
            /** @description What it would come to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    propose_edits: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderEdits"];
            };
        };
        responses: {
            /** @description Proposed: the order with the matter */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_order_raw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payload */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RawOrder"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    release_order: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Released */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_order_timeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its journal entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    retry_write_back: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
                /** @description The report */
                write_back: components["schemas"]["WriteBackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description It is due: the order afterwards */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    waive_write_back: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The order */
                id: components["schemas"]["OrderId"];
                /** @description The report */
                write_back: components["schemas"]["WriteBackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Waived: the order afterwards */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    list_returns: {
        parameters: {
            query?: {
                /** @description Goes on after an earlier page: its `next`. */
                after?: components["schemas"]["ReturnId"];
                /** @description Rows of the page, 1 to 500; 100 when left out. */
                limit?: number;
                /**
                 * @description States, with commas between them; all when left out.
                 * @example received,inspected
                 */
                state?: string;
                /** @description Only those that arrive in this warehouse. */
                warehouse?: components["schemas"]["WarehouseId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    announce_return: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReturnAnnouncement"];
            };
        };
        responses: {
            /** @description Announced */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnRow"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_return: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The return */
                id: components["schemas"]["ReturnId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The return */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnRow"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    cancel_return: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The return */
                id: components["schemas"]["ReturnId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Called off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnRow"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    decide_return_customer: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The return */
                id: components["schemas"]["ReturnId"];
                /** @description Its place among the return's items, from 0 */
                item: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerVerdict"];
            };
        };
        responses: {
            /** @description Decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnRow"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    split_return_item: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The return */
                id: components["schemas"]["ReturnId"];
                /** @description Its place among the return's items, from 0 */
                item: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemSplit"];
            };
        };
        responses: {
            /** @description Split */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnRow"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    decide_return_stock: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The return */
                id: components["schemas"]["ReturnId"];
                /** @description Its place among the return's items, from 0 */
                item: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StockVerdict"];
            };
        };
        responses: {
            /** @description Decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnRow"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    receive_return: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The return */
                id: components["schemas"]["ReturnId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Receipt"];
            };
        };
        responses: {
            /** @description Counted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnRow"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_hold_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules that hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldRulesDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    change_hold_rules: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldRulesChange"];
            };
        };
        responses: {
            /** @description The rules that hold now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldRulesDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    try_hold_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldDryRun"];
            };
        };
        responses: {
            /** @description Before and after */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldDryRunResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_hold_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description From 1 */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldRulesVersion"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_routing_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules that hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingRulesDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    change_routing_rules: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoutingRulesChange"];
            };
        };
        responses: {
            /** @description The rules that hold now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingRulesDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    try_routing_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoutingDryRun"];
            };
        };
        responses: {
            /** @description Before and after */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingDryRunResult"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_routing_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description From 1 */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingRulesVersion"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    list_services: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every service */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is calling */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Signed in; the cookie is set */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    list_stock: {
        parameters: {
            query?: {
                /** @description Goes on after an earlier page: its `next`. */
                after?: string;
                /** @description Only levels of which nothing may be promised any more. */
                exhausted?: boolean;
                /** @description Rows of the page, 1 to 500; 100 when left out. */
                limit?: number;
                /** @description A part of the SKU, in either case. */
                sku?: string;
                /** @description Only this warehouse. */
                warehouse?: components["schemas"]["WarehouseId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_stock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The SKU */
                sku: string;
                /** @description The warehouse */
                warehouse: components["schemas"]["WarehouseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The level */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    block_stock: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The SKU */
                sku: string;
                /** @description The warehouse */
                warehouse: components["schemas"]["WarehouseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlockChange"];
            };
        };
        responses: {
            /** @description The level now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    correct_stock: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The SKU */
                sku: string;
                /** @description The warehouse */
                warehouse: components["schemas"]["WarehouseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CountChange"];
            };
        };
        responses: {
            /** @description The level now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    earmark_stock: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The SKU */
                sku: string;
                /** @description The warehouse */
                warehouse: components["schemas"]["WarehouseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EarmarkChange"];
            };
        };
        responses: {
            /** @description The level now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    set_safety_stock: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The SKU */
                sku: string;
                /** @description The warehouse */
                warehouse: components["schemas"]["WarehouseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SafetyChange"];
            };
        };
        responses: {
            /** @description The level now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    unblock_stock: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The SKU */
                sku: string;
                /** @description The warehouse */
                warehouse: components["schemas"]["WarehouseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlockChange"];
            };
        };
        responses: {
            /** @description The level now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    list_transfers: {
        parameters: {
            query?: {
                /** @description Goes on after an earlier page: its `next`. */
                after?: components["schemas"]["TransferId"];
                /** @description Rows of the page, 1 to 500; 100 when left out. */
                limit?: number;
                /**
                 * @description States, with commas between them; all when left out.
                 * @example announced,in_transit
                 */
                state?: string;
                /** @description Only those that arrive in this warehouse. */
                warehouse?: components["schemas"]["WarehouseId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferList"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    announce_transfer: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferAnnouncement"];
            };
        };
        responses: {
            /** @description Announced */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The transfer */
                id: components["schemas"]["TransferId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The transfer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    advance_transfer: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The transfer */
                id: components["schemas"]["TransferId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferStep"];
            };
        };
        responses: {
            /** @description The transfer now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    explain_transfer: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The transfer */
                id: components["schemas"]["TransferId"];
                /** @description Its place among the transfer's lines, from 0 */
                line: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferExplanation"];
            };
        };
        responses: {
            /** @description The transfer now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    put_away_transfer: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The transfer */
                id: components["schemas"]["TransferId"];
                /** @description Its place among the transfer's lines, from 0 */
                line: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferPutAway"];
            };
        };
        responses: {
            /** @description The transfer now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    receive_transfer: {
        parameters: {
            query?: never;
            header: {
                /** @description A new one for each new wish */
                "Idempotency-Key": string;
            };
            path: {
                /** @description The transfer */
                id: components["schemas"]["TransferId"];
                /** @description Its place among the transfer's lines, from 0 */
                line: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferReceipt"];
            };
        };
        responses: {
            /** @description The transfer now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenMetrics text */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/openmetrics-text": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
}
