namespace Clinic.Tests.Domain.Instruments;

internal static class Answers
{
    /// <summary>Complete answers of 0 to 3 that add up to a total.</summary>
    internal static int?[] Adding(int total, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (int?)Math.Clamp(total - 3 * i, 0, 3))];
}
