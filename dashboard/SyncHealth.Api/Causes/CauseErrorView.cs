namespace SyncHealth.Api.Causes;

/// <summary>An error that explains a drop.</summary>
/// <param name="Explained">Its part of the drop, 1 for all of it.</param>
/// <param name="PValue">Of chance, valid at every look.</param>
/// <param name="FailuresBefore">Failures with it in the time compared with.</param>
/// <param name="Failures">Failures with it in the drop.</param>
public sealed record CauseErrorView(string Kind, string Code, double Explained, double PValue, long FailuresBefore, long Failures);
