namespace Clinic.Contracts.Consent;

/// <summary>Where a consent document says one of the things it must say.</summary>
/// <param name="Element">One of <see cref="DocumentElements"/>.</param>
/// <param name="Passage">Words of the text, exactly as they stand in it.</param>
public sealed record ElementPassage(string Element, string Passage);
