//! Who may do what: the roles of a team and their powers, in one table.
//!
//! A person holds one or more roles, some of them only for their own warehouses. [`Holder::may`] is the one question the
//! rest asks; [`POWERS`] is the one table it is answered from, and the one the documentation is generated from.

use serde::{Deserialize, Serialize};

use crate::id::WarehouseId;

/// What somebody is to a team. Holding several is usual; none includes another except a lead those they lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks, comments and proposes edits; also a reviewer who is offline.
    Viewer,
    /// Picks and packs in a warehouse of their own.
    Packer,
    /// Answers for a warehouse of their own.
    WarehouseLead,
    /// Serves customers: edits orders and asks warehouses.
    BackOfficeAgent,
    /// Answers for the back office: overrides, waives, approves.
    BackOfficeLead,
    /// Sets the system up. No business edits without a business role beside it.
    Admin,
    /// Reads everything, the audit chain included.
    Auditor,
    /// The engine's services and the connectors: automatic steps alone, each audited under its own identity.
    Engine,
}

/// Something that not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Power {
    /// See orders, stock and parts.
    Read,
    /// Write a comment that changes nothing.
    Comment,
    /// Leave an edit as a draft for somebody who may make it.
    ProposeEdit,
    /// Confirm what was picked, packed or found short.
    ConfirmPacking,
    /// Stop a fulfillment order from inside the warehouse.
    PlaceOperatorHold,
    /// Lift a hold that the warehouse placed.
    ReleaseOperatorHold,
    /// Answer a change request in the warehouse's name.
    AnswerChangeRequest,
    /// Say what becomes of returned goods.
    DecideReturnStock,
    /// Send goods to a warehouse, and record what becomes of them on their way.
    MoveStock,
    /// Change an order that no warehouse has yet.
    EditOrder,
    /// Stop an order in the seller's name.
    PlaceClientHold,
    /// Lift a hold that the seller placed.
    ReleaseClientHold,
    /// Ask a warehouse to change what it has.
    RaiseChangeRequest,
    /// Say what the customer gets for a return.
    DecideReturnCustomer,
    /// Choose a warehouse in place of the router.
    OverrideRouting,
    /// Lift a hold for fraud or missing payment.
    ReleaseRiskHold,
    /// Declare that the shop need not be told.
    WaiveWriteBack,
    /// Be the second pair of eyes on an edit.
    ApproveEdit,
    /// Set up shops and warehouse systems.
    ManageConnections,
    /// Write routing and hold rules.
    ManageRules,
    /// Say who holds which role.
    ManageRoles,
    /// Say how long what is kept.
    ManageRetention,
    /// Read and verify the audit chain.
    ReadAudit,
    /// Take data out in bulk.
    Export,
    /// Make a step that the lifecycles mark as automatic.
    StepAutomatically,
}

/// Where a power reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Everywhere.
    Everywhere,
    /// In the holder's own warehouses.
    OwnWarehouses,
}

/// One role's powers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RolePowers {
    /// The role.
    pub role: Role,
    /// Where its powers beyond reading reach.
    pub reach: Reach,
    /// What it may do.
    pub powers: &'static [Power],
}

/// The table: a row for each role. Leads have the powers of those they lead.
pub const POWERS: &[RolePowers] = &[
    RolePowers {
        role: Role::Viewer,
        reach: Reach::Everywhere,
        powers: &[Power::Read, Power::Comment, Power::ProposeEdit],
    },
    RolePowers {
        role: Role::Packer,
        reach: Reach::OwnWarehouses,
        powers: &[Power::Read, Power::Comment, Power::ConfirmPacking, Power::PlaceOperatorHold],
    },
    RolePowers {
        role: Role::WarehouseLead,
        reach: Reach::OwnWarehouses,
        powers: &[
            Power::Read,
            Power::Comment,
            Power::ConfirmPacking,
            Power::PlaceOperatorHold,
            Power::ReleaseOperatorHold,
            Power::AnswerChangeRequest,
            Power::DecideReturnStock,
            Power::MoveStock,
        ],
    },
    RolePowers {
        role: Role::BackOfficeAgent,
        reach: Reach::Everywhere,
        powers: &[
            Power::Read,
            Power::Comment,
            Power::ProposeEdit,
            Power::EditOrder,
            Power::PlaceClientHold,
            Power::ReleaseClientHold,
            Power::RaiseChangeRequest,
            Power::DecideReturnCustomer,
            Power::MoveStock,
        ],
    },
    RolePowers {
        role: Role::BackOfficeLead,
        reach: Reach::Everywhere,
        powers: &[
            Power::Read,
            Power::Comment,
            Power::ProposeEdit,
            Power::EditOrder,
            Power::PlaceClientHold,
            Power::ReleaseClientHold,
            Power::RaiseChangeRequest,
            Power::DecideReturnCustomer,
            Power::MoveStock,
            Power::OverrideRouting,
            Power::ReleaseRiskHold,
            Power::WaiveWriteBack,
            Power::ApproveEdit,
        ],
    },
    RolePowers {
        role: Role::Admin,
        reach: Reach::Everywhere,
        powers: &[
            Power::Read,
            Power::ManageConnections,
            Power::ManageRules,
            Power::ManageRoles,
            Power::ManageRetention,
        ],
    },
    RolePowers {
        role: Role::Auditor,
        reach: Reach::Everywhere,
        powers: &[Power::Read, Power::ReadAudit, Power::Export],
    },
    RolePowers { role: Role::Engine, reach: Reach::Everywhere, powers: &[Power::Read, Power::StepAutomatically] },
];

impl Role {
    /// All roles, in the table's order.
    pub const ALL: [Self; 8] = [
        Self::Viewer,
        Self::Packer,
        Self::WarehouseLead,
        Self::BackOfficeAgent,
        Self::BackOfficeLead,
        Self::Admin,
        Self::Auditor,
        Self::Engine,
    ];

    /// The stored text, such as `back_office_agent`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Packer => "packer",
            Self::WarehouseLead => "warehouse_lead",
            Self::BackOfficeAgent => "back_office_agent",
            Self::BackOfficeLead => "back_office_lead",
            Self::Admin => "admin",
            Self::Auditor => "auditor",
            Self::Engine => "engine",
        }
    }

    /// Reads the stored text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Where this role has `power`; `None` when it has not.
    #[must_use]
    pub fn reach(self, power: Power) -> Option<Reach> {
        let row = POWERS.iter().find(|row| row.role == self)?;
        // Everybody who sees anything sees the whole order: half a picture makes wrong decisions.
        let reach = if matches!(power, Power::Read | Power::Comment) { Reach::Everywhere } else { row.reach };
        row.powers.contains(&power).then_some(reach)
    }
}

/// Which warehouses are somebody's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Own {
    /// Every one there is: they are this installation's only warehouse staff.
    All,
    /// These; none when empty.
    These(Vec<WarehouseId>),
}

/// The roles of one person or service, and the warehouses that are theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Holder {
    /// Roles held; an empty list may nothing.
    pub roles: Vec<Role>,
    /// Their own warehouses, for the roles that reach no further.
    pub warehouses: Own,
}

impl Holder {
    /// Somebody with these roles and no warehouse of their own.
    #[must_use]
    pub fn of(roles: &[Role]) -> Self {
        Self { roles: roles.to_vec(), warehouses: Own::These(Vec::new()) }
    }

    /// Somebody with these roles in every warehouse there is.
    #[must_use]
    pub fn everywhere(roles: &[Role]) -> Self {
        Self { roles: roles.to_vec(), warehouses: Own::All }
    }

    fn owns(&self, warehouse: &WarehouseId) -> bool {
        match &self.warehouses {
            Own::All => true,
            Own::These(own) => own.contains(warehouse),
        }
    }

    /// Whether one of the roles gives `power`; at `warehouse` when the matter lies in one. A power that reaches only
    /// the holder's own warehouses does not cover a matter that lies in none.
    #[must_use]
    pub fn may(&self, power: Power, warehouse: Option<&WarehouseId>) -> bool {
        self.roles.iter().filter_map(|role| role.reach(power)).any(|reach| match reach {
            Reach::Everywhere => true,
            Reach::OwnWarehouses => warehouse.is_some_and(|place| self.owns(place)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    const BUSINESS: [Power; 8] = [
        Power::EditOrder,
        Power::PlaceClientHold,
        Power::ReleaseClientHold,
        Power::RaiseChangeRequest,
        Power::OverrideRouting,
        Power::ReleaseRiskHold,
        Power::WaiveWriteBack,
        Power::ApproveEdit,
    ];

    #[test]
    fn every_role_has_one_row_and_its_text_reads_back() {
        for role in Role::ALL {
            assert_eq!(POWERS.iter().filter(|row| row.role == role).count(), 1, "{role:?}");
            assert_eq!(Role::parse(role.as_str()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str(), "one spelling everywhere");
        }
    }

    #[test]
    fn an_admin_makes_no_business_edits_without_a_business_role_beside_it() {
        let admin = Holder::of(&[Role::Admin]);
        assert!(BUSINESS.iter().all(|power| !admin.may(*power, None)));
        assert!(Holder::of(&[Role::Admin, Role::BackOfficeAgent]).may(Power::EditOrder, None));
    }

    #[test]
    fn a_lead_may_what_those_they_lead_may() {
        for (lead, led) in [(Role::BackOfficeLead, Role::BackOfficeAgent), (Role::WarehouseLead, Role::Packer)] {
            let row = POWERS.iter().find(|row| row.role == led).unwrap();
            assert!(row.powers.iter().all(|power| lead.reach(*power).is_some()), "{lead:?}");
        }
    }

    #[test]
    fn a_packers_powers_end_at_the_door_of_their_warehouse() {
        let own = WarehouseId::new(Timestamp::EPOCH, [1; 10]);
        let other = WarehouseId::new(Timestamp::EPOCH, [2; 10]);
        let packer = Holder { roles: vec![Role::Packer], warehouses: Own::These(vec![own.clone()]) };
        assert!(packer.may(Power::PlaceOperatorHold, Some(&own)));
        assert!(!packer.may(Power::PlaceOperatorHold, Some(&other)));
        assert!(!packer.may(Power::PlaceOperatorHold, None), "an order in no warehouse is not theirs to stop");
        assert!(packer.may(Power::Read, Some(&other)));
        let only_one = Holder::everywhere(&[Role::Packer]);
        assert!(only_one.may(Power::PlaceOperatorHold, Some(&other)));
        assert!(!only_one.may(Power::PlaceOperatorHold, None), "an order in no warehouse is nobody's there");
    }

    #[test]
    fn nobody_but_the_engine_steps_automatically_and_it_does_nothing_else() {
        for role in Role::ALL {
            assert_eq!(role.reach(Power::StepAutomatically).is_some(), role == Role::Engine);
        }
        assert!(BUSINESS.iter().all(|power| Role::Engine.reach(*power).is_none()));
    }
}
