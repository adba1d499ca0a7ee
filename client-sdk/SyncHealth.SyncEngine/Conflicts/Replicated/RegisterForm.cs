namespace SyncHealth.SyncEngine.Conflicts.Replicated;

/// <summary>An <see cref="LwwRegister"/> as text.</summary>
/// <param name="Value">What was set.</param>
/// <param name="At">Milliseconds since 1970.</param>
/// <param name="Count">Steps within that millisecond.</param>
/// <param name="By">The device.</param>
internal sealed record RegisterForm(string? Value, long At, int Count, string? By);
