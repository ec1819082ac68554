namespace Clinic.Consent.Domain;

/// <summary>Categories of records that may leave, and which service owns each.</summary>
public static class RecordCategories
{
    public static IReadOnlyDictionary<string, string> OwnerOf { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["screening"] = "intake",
        ["diagnoses"] = "intake",
        ["attendance"] = "session",
        ["progress-notes"] = "session",
        ["messages"] = "session",
        ["measures"] = "feedback"
    };
}
