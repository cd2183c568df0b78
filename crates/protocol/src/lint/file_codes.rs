//! The codes of what a file says in short, and of the source that it quotes.

use chemorad::report::Code;

pub(crate) const CITATION: Code = Code::new(
    "protocol.citation",
    "A value that cites no listed passage",
    "In a file of chemorad.protocol/2 the words of the source stand once, in [[passages]], and what rests on them cites them by their id. Here the id is not listed, is cited twice, or the words stand in place of the citation. A file of chemorad.protocol/1 lists no passages and cites none.",
    "Correct the id, or list the passage with its id, text and locator. chemorad protocol convert turns a file of chemorad.protocol/1 into one that cites.",
);

pub(crate) const FILL_IN: Code = Code::new(
    "protocol.fill_in",
    "Still to be filled in",
    "The text begins with FILL IN: it marks what the author of the file has still to write, and the message says what belongs there.",
    "Write the value. Where the document does not give it, write the question in its place.",
);

pub(crate) const PASSAGE_TWICE: Code = Code::new(
    "protocol.passage_twice",
    "A passage listed twice",
    "Two passages have the same id, so what cites it could rest on either.",
    "Give each its own id, or keep one of the two.",
);

pub(crate) const PASSAGE_UNCITED: Code = Code::new(
    "protocol.passage_uncited",
    "A passage that nothing cites",
    "The passage is listed, and no value, question or option rests on it. Either what it says is missing from the protocol, or it is a copy that is left over.",
    "Cite it where it belongs, or take it out.",
);

pub(crate) const QUESTION_UNKNOWN: Code = Code::new(
    "protocol.question_unknown",
    "A question that is named and not written",
    "In the place of a question stands an id, and neither the file nor the list of standard questions has a question of that id.",
    "Correct the id, or write the question out with id, question, why and choices.",
);

pub(crate) const PASSAGE_SOURCE: Code = Code::new(
    "protocol.passage_source",
    "A passage that the source does not have",
    "The text of the source was given, and the passage is not in it word for word. White space, hyphens at line ends, superscripts, quotation marks and dashes make no difference; an omission is marked with three dots.",
    "Copy the words again from the source. The message says where its words and those of the passage part.",
);

pub(crate) const SOURCE_NOTED: Code = Code::new(
    "protocol.source_noted",
    "A source whose words were not copied",
    "The file says quotes = \"noted\": its quotes are figures in the words of whoever noted them, so they cannot be looked for in the text of the source.",
    "Copy the words of the document and take quotes = \"noted\" out, or lint without the source.",
);

pub(crate) const SOURCE_NUMBER: Code = Code::new(
    "protocol.source_number",
    "A number of the source that the protocol does not have",
    "The text of the source has a number with a unit, a dose, an amount, a number of fractions, days or weeks, and no passage and no value of the protocol has it. It may be a result or a reference, or something that was overlooked. Each number is listed once, where it first stands.",
    "Look at the place. Add what is prescribed there, or leave it: it fails nothing.",
);

pub(crate) const SOURCE_UNREADABLE: Code = Code::new(
    "protocol.source_unreadable",
    "The text of the source cannot be read",
    "The file that the protocol names as its source is absent, no text in UTF-8, or too large.",
    "Correct source.file, or put the text of the document there.",
);
