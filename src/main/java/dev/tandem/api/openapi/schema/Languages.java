package dev.tandem.api.openapi.schema;

import dev.tandem.domain.collection.Language;

/** What each language does with words. */
final class Languages {

    private Languages() {}

    static String effect(Language language) {
        return switch (language) {
            case NONE -> "no stop words and no stems";
            case CJK -> "Chinese, Japanese and Korean: pairs of characters and single characters are words";
            case ARABIC -> rules("Arabic", "forms of letters are the same letter, digits of all scripts are equal");
            case CZECH -> rules("Czech");
            case DANISH -> rules("Danish", "æ, ø and å are letters");
            case DUTCH -> rules("Dutch");
            case ENGLISH -> rules("English", "'s is not part of a word");
            case FINNISH -> rules("Finnish", "å, ä and ö are letters");
            case FRENCH -> rules("French", "l', qu' and the like are not part of a word");
            case GERMAN -> rules("German", "ae and ä, ss and ß are equal");
            case GREEK -> rules("Greek", "letters with and without accents are equal");
            case HINDI -> rules("Hindi", "writings of a letter are equal, digits of all scripts are equal");
            case HUNGARIAN -> rules("Hungarian");
            case INDONESIAN -> rules("Indonesian");
            case ITALIAN -> rules("Italian", "l', dell' and the like are not part of a word");
            case NORWEGIAN -> rules("Norwegian", "æ, ø and å are letters");
            case PERSIAN -> rules("Persian", "forms of letters are the same letter, digits of all scripts are equal");
            case PORTUGUESE -> rules("Portuguese");
            case ROMANIAN -> rules("Romanian", "both writings of ș and ț are equal");
            case RUSSIAN -> rules("Russian");
            case SPANISH -> rules("Spanish", "ñ is a letter");
            case SWEDISH -> rules("Swedish", "å, ä and ö are letters");
            case THAI -> "stop words of Thai; words are found in text without spaces";
            case TURKISH -> rules("Turkish", "I is ı and İ is i, what follows an apostrophe is not part of a word");
        };
    }

    private static String rules(String name) {
        return "stop words and stems of " + name;
    }

    private static String rules(String name, String more) {
        return rules(name) + "; " + more;
    }
}
