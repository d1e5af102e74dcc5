//! Cycles among shapes. Searches use their own stacks: a model must not be able to overflow the program's.

use indexmap::{IndexMap, IndexSet};

/// The edges of each node.
pub(crate) type Edges<'m> = IndexMap<&'m str, Vec<&'m str>>;

/// Assigns the same number to nodes that can reach one another (Kosaraju's two passes, linear in nodes and edges).
pub(crate) fn components<'m>(edges: &Edges<'m>) -> IndexMap<&'m str, usize> {
    let mut backwards = Edges::new();
    for (node, targets) in edges {
        for target in targets {
            backwards.entry(target).or_default().push(node);
        }
    }
    let mut components = IndexMap::new();
    for root in finished(edges).into_iter().rev() {
        if components.contains_key(root) {
            continue;
        }
        let number = components.len();
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            if !components.contains_key(node) {
                components.insert(node, number);
                open.extend(backwards.get(node).into_iter().flatten());
            }
        }
    }
    components
}

/// The nodes in the order in which a depth-first search finishes them.
fn finished<'m>(edges: &Edges<'m>) -> Vec<&'m str> {
    let (mut finished, mut seen) = (Vec::new(), IndexSet::new());
    for (root, targets) in edges {
        if !seen.insert(*root) {
            continue;
        }
        let mut stack = vec![(*root, targets.iter())];
        while let Some((node, rest)) = stack.last_mut() {
            match rest.next() {
                Some(next) => {
                    if let Some(targets) = edges.get(next).filter(|_| seen.insert(next)) {
                        stack.push((next, targets.iter()));
                    }
                }
                None => {
                    finished.push(*node);
                    stack.pop();
                }
            }
        }
    }
    finished
}

/// The shortest path from a node back to itself among nodes of its component; `None` if there is none.
pub(crate) fn path_back<'m>(
    edges: &Edges<'m>,
    components: &IndexMap<&'m str, usize>,
    start: &'m str,
) -> Option<Vec<&'m str>> {
    let mut came_from: IndexMap<&str, &str> = IndexMap::new();
    let mut open = std::collections::VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for next in edges.get(node).into_iter().flatten() {
            if *next == start {
                let (mut path, mut at) = (vec![start], node);
                while at != start {
                    path.push(at);
                    at = came_from.get(at)?;
                }
                path.push(start);
                path.reverse();
                return Some(path);
            }
            if components.get(next) == components.get(start) && !came_from.contains_key(next) {
                came_from.insert(next, node);
                open.push_back(next);
            }
        }
    }
    None
}
