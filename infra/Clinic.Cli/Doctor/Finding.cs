namespace Clinic.Cli.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Area">A service, <c>vault SERVICE</c>, <c>backup</c>, <c>broker</c>, or <c>secrets</c>.</param>
public sealed record Finding(string Area, string Check, bool Ok, string Detail)
{
    public static Finding Of(string area, string check, IReadOnlyCollection<string> problems, string fine = "") =>
        problems.Count == 0 ? new Finding(area, check, true, fine) : new Finding(area, check, false, string.Join("; ", problems));
}
