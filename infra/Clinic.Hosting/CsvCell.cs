namespace Clinic.Hosting;

/// <summary>One cell of a CSV file (RFC 4180). Spreadsheets run what begins like a formula, so such a cell gets an apostrophe (OWASP, CSV injection).</summary>
public static class CsvCell
{
    private const string Formulas = "=+-@\t\r";

    /// <summary>The text, quoted where it has to be; null is the empty cell.</summary>
    public static string Of(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var safe = Formulas.Contains(value[0], StringComparison.Ordinal) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
