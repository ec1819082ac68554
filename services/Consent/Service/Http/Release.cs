using Clinic.Consent.Service.Disclosing;
using Clinic.Contracts;
using Clinic.Hosting;
using Clinic.Hosting.Access;

namespace Clinic.Consent.Service.Http;

/// <summary>The recipient fetches what it was permitted; the ledger knows before the first byte goes out.</summary>
internal static class Release
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/disclosures/{disclosureId}/release", async Task<IResult> (
            string disclosureId, HttpContext http, Releasing releasing, CancellationToken ct) =>
        {
            if (!Ids.AreValid(disclosureId)) throw new MalformedException("disclosureId", $"'disclosureId' {Ids.Rule}.");
            // once begun it is finished, whether or not the caller still listens
            if (await releasing.Release(http.Scope(), disclosureId, CancellationToken.None) is not { } released) throw new NotFoundException();
            http.Response.Headers.CacheControl = "no-store";
            // its hash is computed by who opens it: that is the proof that it could be opened
            return TypedResults.Bytes(released.Bytes, SealedPackage.ContentType);
        }).WithName("release-disclosure").WithTags("disclosures");
}
