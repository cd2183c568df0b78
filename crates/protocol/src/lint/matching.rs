//! Which claims can be served when each thing serves one of them.

/// Of each claim the thing that serves it, so that as many as possible are served; an earlier claim is never
/// left without one for a later claim's sake. The first things that a claim names are tried first.
pub(super) fn matched(claims: &[Vec<usize>], things: usize) -> Vec<Option<usize>> {
    let mut holders: Vec<Option<usize>> = vec![None; things];
    for claim in 0..claims.len() {
        let mut tried = vec![false; things];
        let _ = serve(claim, claims, &mut holders, &mut tried);
    }
    let mut served = vec![None; claims.len()];
    for (thing, holder) in holders.iter().enumerate() {
        if let Some(holder) = holder {
            served[*holder] = Some(thing);
        }
    }
    served
}

/// Finds a thing for a claim; a claim that holds it already may move to another thing.
fn serve(
    claim: usize,
    claims: &[Vec<usize>],
    holders: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    for &thing in &claims[claim] {
        if core::mem::replace(&mut tried[thing], true) {
            continue;
        }
        let free = match holders[thing] {
            None => true,
            Some(holder) => serve(holder, claims, holders, tried),
        };
        if free {
            holders[thing] = Some(claim);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::matched;

    #[test]
    fn as_many_claims_as_possible_are_served() {
        for (claims, things, expected) in [
            (vec![vec![0], vec![0]], 1, vec![Some(0), None]),
            // the first moves on
            (vec![vec![0, 1], vec![0]], 2, vec![Some(1), Some(0)]),
            (
                vec![vec![0, 1], vec![0, 1], vec![0, 1]],
                2,
                vec![Some(1), Some(0), None],
            ),
            (vec![vec![], vec![0]], 1, vec![None, Some(0)]),
        ] {
            assert_eq!(matched(&claims, things), expected, "{claims:?}");
        }
    }
}
