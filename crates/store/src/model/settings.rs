//! Rules, calendars and policies, in memory.

use async_trait::async_trait;

use super::{Model, State, key};
use crate::contract::{Setting, Settings};
use crate::error::{Error, Result};

impl State {
    pub(super) fn add_setting(&mut self, setting: Setting) -> Result<()> {
        let same = |known: &&Setting| known.kind == setting.kind && known.name == setting.name;
        let last = self.settings.iter().filter(same).map(|known| known.version).max().unwrap_or(0);
        if setting.version != last + 1 {
            return Err(Error::Conflict(format!("{} {}", setting.kind, setting.name)));
        }
        let place = key(&[&setting.kind, &setting.name, &setting.version.to_string()]);
        self.settings.put(&place, setting);
        Ok(())
    }
}

#[async_trait]
impl Settings for Model {
    async fn settings(&self, kind: &str) -> Result<Vec<Setting>> {
        let state = self.state()?;
        let mut latest: Vec<Setting> = Vec::new();
        for setting in state.settings.iter().filter(|known| known.kind == kind) {
            match latest.iter_mut().find(|known| known.name == setting.name) {
                Some(known) if known.version > setting.version => {}
                Some(known) => *known = setting.clone(),
                None => latest.push(setting.clone()),
            }
        }
        latest.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(latest)
    }

    async fn settings_named(&self, kind: &str, names: &[&str]) -> Result<Vec<Setting>> {
        let mut latest = self.settings(kind).await?;
        latest.retain(|setting| names.contains(&setting.name.as_str()));
        Ok(latest)
    }

    async fn setting_versions(&self, kind: &str, name: &str, limit: u32) -> Result<Vec<Setting>> {
        let state = self.state()?;
        let mut versions: Vec<Setting> =
            state.settings.iter().filter(|known| known.kind == kind && known.name == name).cloned().collect();
        versions.sort_by_key(|known| std::cmp::Reverse(known.version));
        versions.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(versions)
    }
}
