package dev.tandem.domain.search.variety;

/**
 * That hits which are like better ones give way to others.
 *
 * @param lambda from 0, where only the difference from the hits before counts, to 1, where only the relevance does
 * @param top how many of the best take part; the others follow as they were
 */
public record Diversity(double lambda, int top) {}
