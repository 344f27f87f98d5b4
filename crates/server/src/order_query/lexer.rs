//! Cuts query text into terms, each with its place.

use super::Fault;

/// A place in the text, in UTF-16 code units as browsers count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First unit.
    pub start: u32,
    /// One past the last unit.
    pub end: u32,
}

/// One value of a term, without its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The text.
    pub text: String,
    /// Where, quotes included.
    pub span: Span,
}

/// One term: `word`, `"some words"`, `field:a,b`, each with `-` in front or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether `-` stands in front.
    pub negative: bool,
    /// The field in lower case and its place; `None` for full text.
    pub field: Option<(String, Span)>,
    /// At least one.
    pub values: Vec<Value>,
    /// The whole of it.
    pub span: Span,
}

struct Lexer<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    /// UTF-16 units consumed.
    at: u32,
}

impl Lexer<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.rest.next()?;
        self.at = self.at.saturating_add(if character.len_utf16() == 2 { 2 } else { 1 });
        Some(character)
    }

    fn next_if(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.next();
        }
        found
    }

    fn span_from(&self, start: u32) -> Span {
        Span { start, end: self.at }
    }

    /// Characters up to white space or one of `stops`.
    fn run(&mut self, stops: &[char]) -> String {
        let mut text = String::new();
        while let Some(character) = self.peek() {
            if character.is_whitespace() || stops.contains(&character) {
                break;
            }
            text.push(character);
            self.next();
        }
        text
    }

    /// The rest of a quoted text whose opening quote was read; `\"` and `\\` are escapes.
    fn quoted(&mut self, start: u32) -> Result<String, Fault> {
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err(Fault::new(self.span_from(start), "a quote is opened and not closed")),
                Some('"') => return Ok(text),
                Some('\\') if matches!(self.peek(), Some('"' | '\\')) => text.extend(self.next()),
                Some(character) => text.push(character),
            }
        }
    }

    fn value(&mut self) -> Result<Value, Fault> {
        let start = self.at;
        let text = if self.next_if('"') { self.quoted(start)? } else { self.run(&[',']) };
        let span = self.span_from(start);
        if text.trim().is_empty() {
            return Err(Fault::new(span, "a value is missing"));
        }
        Ok(Value { text, span })
    }

    fn term(&mut self) -> Result<Term, Fault> {
        let start = self.at;
        let negative = self.next_if('-');
        if self.peek() == Some('"') {
            let value = self.value()?;
            return Ok(Term { negative, field: None, values: vec![value], span: self.span_from(start) });
        }
        let name_start = self.at;
        let name = self.run(&[':']);
        let name_span = self.span_from(name_start);
        let is_field = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
        if self.peek() == Some(':') && is_field {
            self.next();
            let mut values = vec![self.value()?];
            while self.next_if(',') {
                values.push(self.value()?);
            }
            let field = Some((name.to_lowercase(), name_span));
            return Ok(Term { negative, field, values, span: self.span_from(start) });
        }
        let text = name + &self.run(&[]);
        let span = self.span_from(name_start);
        if text.is_empty() {
            return Err(Fault::new(self.span_from(start), "`-` stands alone"));
        }
        Ok(Term { negative, field: None, values: vec![Value { text, span }], span: self.span_from(start) })
    }
}

/// The terms of a query, in order.
///
/// # Errors
/// The first place where the text is no term.
pub(super) fn terms(text: &str) -> Result<Vec<Term>, Fault> {
    let mut lexer = Lexer { rest: text.chars().peekable(), at: 0 };
    let mut terms = Vec::new();
    loop {
        while lexer.peek().is_some_and(char::is_whitespace) {
            lexer.next();
        }
        if lexer.peek().is_none() {
            return Ok(terms);
        }
        terms.push(lexer.term()?);
    }
}
