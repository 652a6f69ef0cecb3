// The pages from which a quiz is started, once.
import "./submit-once.js";
import "./theme.js";
