using System.Globalization;
using System.Text;
using Clinic.Hosting;

namespace Clinic.Audit.Views;

/// <summary>Rows of the trail as CSV.</summary>
internal static class Csv
{
    private const string Header = "position,producer,sequence,type,eventId,at,actor,actorRole,onBehalfOf,purposeOfUse,clientId,directiveId,directiveVersion,disclosureId,reason,eventHash,body\r\n";

    public static string Of(IEnumerable<TrailRow> rows)
    {
        var text = new StringBuilder(Header);
        foreach (var r in rows)
        {
            string?[] cells =
            [
                Number(r.Position), r.Producer, Number(r.Sequence), r.Type, r.EventId, r.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), r.Actor, r.ActorRole, r.OnBehalfOf,
                r.PurposeOfUse, r.ClientId, r.DirectiveId, r.DirectiveVersion?.ToString(CultureInfo.InvariantCulture), r.DisclosureId, r.Reason, r.EventHash, r.Body.GetRawText()
            ];
            text.AppendJoin(',', cells.Select(CsvCell.Of)).Append("\r\n");
        }
        return text.ToString();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
