namespace Clinic.Contracts.Consent;

/// <summary>The client asks to whom records were disclosed: 45 CFR 164.528.</summary>
/// <param name="RequestId">The new request.</param>
/// <param name="ClientId">Whose, by pseudonym.</param>
/// <param name="Regime">One of <see cref="AccountingRegimes"/>.</param>
/// <param name="From">First day (UTC) of interest; null: as far back as the regime reaches.</param>
/// <param name="To">Last day (UTC) of interest; null: until now.</param>
/// <param name="StatementHash">Of the client's writing; staff give it for regime <c>intermediary</c> (42 CFR 2.24(a)(1)).</param>
[Contract("consent.request-accounting.v1")]
public sealed record RequestAccounting(string RequestId, string ClientId, string Regime, DateOnly? From = null, DateOnly? To = null, string? StatementHash = null);
