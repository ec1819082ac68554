namespace Clinic.Consent.Domain;

/// <summary>How personal data is protected here, in general: GDPR Art. 30(1)(g), 32(1). Each is described where it says.</summary>
public static class SecurityMeasures
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Pseudonyms: clients are ids everywhere; identities rest in escrow (guides/identity.md)",
        "Encryption at rest: AES-256-GCM, keys per clinic, person, service and class of data, in a database of their own (ADR 17)",
        "Encryption in transit: TLS for HTTP, PostgreSQL and RabbitMQ; what people say is sealed on the bus besides (ADR 20)",
        "Access: roles, relationship and consent, one policy table per service, a recent login before anything leaves (ADR 15, 16)",
        "Separation of clinics: row-level security, a bus user and queues per system (ADR 10, 20)",
        "Traceability: every read and disclosure is on record before it is made; history is sealed and countersigned (ADR 8, 9, 32)",
        "Erasure: keys are destroyed and stay destroyed, also after a restore (ADR 18)",
        "Resilience: backups on a schedule, and drills that restore them and judge what came back (ADR 40)",
        "Emergency access: group, reason, time limit, review by somebody else (ADR 26)",
        "Incidents and audits: findings with a term, breach assessment within 72 hours (guides/auditor.md)"
    ];
}
