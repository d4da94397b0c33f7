"""The catalogues of messages: our Chinese sentences in English, click's English words in Chinese."""
