//! The end of a chain, as it can be kept elsewhere: whoever cuts the chain shorter is told by it.

use crate::base::{CountyId, Scope, hex};
use sqlx::PgConnection;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The last entry of one chain: whose chain, how many entries, and the code of the last. In text `140403/account/128/code`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Head {
    /// The county of the chain.
    pub county_id: CountyId,
    /// The account of the chain.
    pub account_id: Uuid,
    /// Entries.
    pub seq: i64,
    /// The code of the last.
    pub mac: Vec<u8>,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/{}", self.county_id, self.account_id, self.seq, hex::write(&self.mac))
    }
}

impl FromStr for Head {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('/');
        let mut part = || parts.next().ok_or(());
        let head = Self {
            county_id: CountyId::from_code(part()?).ok_or(())?,
            account_id: Uuid::try_parse(part()?).map_err(|_| ())?,
            seq: part()?.parse().map_err(|_| ())?,
            mac: hex::read(part()?).filter(|mac| mac.len() == 32).ok_or(())?,
        };
        if parts.next().is_some() { Err(()) } else { Ok(head) }
    }
}

/// The ends of all chains within the scope.
pub async fn heads(connection: &mut PgConnection, scope: &Scope) -> Result<Vec<Head>, sqlx::Error> {
    sqlx::query_as("select county_id, account_id, seq, mac from history_heads where county_id = any($1) order by 1, 2")
        .bind(scope.ids())
        .fetch_all(connection)
        .await
}

/// Holds ends that were kept elsewhere against chains that hold in themselves: a sentence on the furthest one that is missing, or
/// is not what was kept. Each comes with where it was kept.
pub async fn missed(
    connection: &mut PgConnection,
    scope: &Scope,
    kept: &[(String, Head)],
) -> Result<Option<String>, sqlx::Error> {
    let kept: Vec<&(String, Head)> = kept.iter().filter(|(_, head)| scope.holds(head.county_id)).collect();
    let missed: Option<(i64, i64)> = sqlx::query_as(
        "select k.no, (select count(*) from history h where h.county_id = k.county and h.account_id = k.account)
         from unnest($1::integer[], $2::uuid[], $3::bigint[], $4::bytea[]) with ordinality as k(county, account, seq, mac, no)
         where not exists (select 1 from history h
                           where h.county_id = k.county and h.account_id = k.account and h.seq = k.seq and h.mac = k.mac)
         order by k.seq desc limit 1",
    )
    .bind(kept.iter().map(|(_, head)| head.county_id).collect::<Vec<_>>())
    .bind(kept.iter().map(|(_, head)| head.account_id).collect::<Vec<_>>())
    .bind(kept.iter().map(|(_, head)| head.seq).collect::<Vec<_>>())
    .bind(kept.iter().map(|(_, head)| &*head.mac).collect::<Vec<_>>())
    .fetch_optional(connection)
    .await?;
    let of = |(no, held): (i64, i64)| {
        let (place, head) = kept.get(usize::try_from(no - 1).ok()?)?;
        let (county, seq) = (head.county_id, head.seq);
        Some(if held < seq {
            format!("{county} 的日志末尾缺失：{place}记有第{seq}条，实有{held}条（账号 {}）。", head.account_id)
        } else {
            format!("{county} 的日志与{place}所记不符：第{seq}条（账号 {}）。", head.account_id)
        })
    };
    Ok(missed.and_then(of))
}

/// The ends that a text names among other words: a manifest, a log.
pub fn heads_in(text: &str) -> Vec<Head> {
    text.split(|c: char| c.is_whitespace() || c == '"').filter_map(|word| word.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_is_written() {
        let head = Head { county_id: CountyId(140_403), account_id: Uuid::from_u128(7), seq: 128, mac: vec![0xAB; 32] };
        let text = head.to_string();
        assert_eq!(text.parse(), Ok(head.clone()));
        assert_eq!(heads_in(&format!("[\"{text}\",\n \"1/2\"] 2019-06-20 {text}")), [head.clone(), head]);
        for wrong in ["", "140403", &text[..text.len() - 2], &format!("{text}/"), &text.replace("/128/", "/x/")] {
            assert!(wrong.parse::<Head>().is_err(), "{wrong}");
        }
    }
}
