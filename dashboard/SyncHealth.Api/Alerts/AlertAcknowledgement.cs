namespace SyncHealth.Api.Alerts;

/// <summary>Who is on an alert's open incident.</summary>
/// <param name="Id">Number of the alert.</param>
/// <param name="By">Who said so first.</param>
public sealed record AlertAcknowledgement(long Id, string By);
