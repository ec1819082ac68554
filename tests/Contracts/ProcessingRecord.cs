using System.Reflection;
using System.Text;
using Clinic.Consent.Domain;
using Clinic.Contracts;

namespace Clinic.Tests.Contracts;

/// <summary>docs/processing.md says what personal data this software processes, as the code has it: GDPR Art. 30(1).</summary>
public sealed class ProcessingRecord
{
    [Fact]
    public void is_committed_as_the_code_has_it() => Published.MustEqual("docs/processing.md", Document());

    [Fact]
    public void has_a_purpose_a_basis_and_data_subjects_for_every_service() =>
        ProcessingActivity.All.ShouldAllBe(a => a.Purpose.Length > 0 && a.LegalBases.Length > 0 && a.DataSubjects.Length > 0);

    [Fact]
    public void has_every_service() => ProcessingActivity.All.Select(a => a.Service).Order().ShouldBe(Published.Services.Order());

    private static string Document()
    {
        var text = new StringBuilder("""
            # What is processed
            Written by a test from the contracts and stored events of this build; `make contracts` renews it. The whole record of one clinic (GDPR Art. 30(1)), with its controller, recipients, transfers and time limits, is `GET /processing-register` of consent, as JSON or, with `format=html`, as a page.

            ## Purposes

            | Service | Purpose | On what basis | Whose data | Records that may be disclosed |
            |---|---|---|---|---|

            """);
        foreach (var a in ProcessingActivity.All)
            text.Append($"| {a.Service} | {a.Purpose} | {string.Join("; ", a.LegalBases)} | {string.Join(", ", a.DataSubjects)} | {string.Join(", ", a.RecordCategories)} |\n");
        text.Append("\n## What people say or write\nStored encrypted under the key of whom it is about, never published. Its class decides how long it is kept.\n\n| Service | Stored event | Member | About | Class |\n|---|---|---|---|---|\n");
        foreach (var (service, domain) in Domains.All)
            foreach (var (type, member) in Personal(domain))
            {
                var about = member.GetCustomAttribute<SubjectAttribute>() ?? type.GetCustomAttribute<SubjectAttribute>()!;
                text.Append($"| {service} | {type.Name} | {char.ToLowerInvariant(member.Name[0])}{member.Name[1..]} | {Subjects.Of(about.As ?? about.Member, "").TrimEnd(':')} | {about.DataClass} |\n");
            }
        text.Append("\n## How it is protected\n");
        foreach (var measure in SecurityMeasures.All) text.Append($"- {measure}\n");
        return text.ToString();
    }

    private static IEnumerable<(Type, PropertyInfo)> Personal(Assembly domain) => domain.GetExportedTypes()
        .Where(type => type.IsDefined(typeof(SubjectAttribute)) || type.GetProperties().Any(p => p.IsDefined(typeof(SubjectAttribute)))).OrderBy(type => type.Name, StringComparer.Ordinal)
        .SelectMany(type => type.GetProperties().Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(Personal<>)).Select(p => (type, p)));
}
