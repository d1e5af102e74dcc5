//! Text with holes, as in the rule language: `https://{Region}.{PartitionResult#dnsSuffix}`.

use super::Piece;

/// Splits text at its holes; `{{` and `}}` are braces.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        literal.push_str(before);
        let doubled = from.starts_with("{{") || from.starts_with("}}");
        match from
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'))
        {
            Some((hole, after)) if !doubled => {
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                let (name, path) = hole
                    .split_once('#')
                    .map_or((hole, None), |(name, path)| (name, Some(path.to_owned())));
                pieces.push(Piece::Hole {
                    name: name.to_owned(),
                    path,
                });
                rest = after;
            }
            _ => {
                let mut chars = from.chars();
                literal.extend(chars.next());
                rest = chars.as_str();
                if doubled {
                    rest = rest.get(1..).unwrap_or_default();
                }
            }
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    pieces
}
