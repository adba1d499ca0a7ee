namespace SyncHealth.Storage.Markers;

/// <summary>A deploy or an incident, for charts to show.</summary>
/// <param name="Id">Made by whoever sets it, so that a resend sets one.</param>
/// <param name="App">The app it is about; null: all of them.</param>
/// <param name="At">When it happened.</param>
/// <param name="Text">What happened.</param>
public sealed record Marker(Guid Id, string? App, DateTimeOffset At, string Text)
{
    /// <summary>Characters: one line of a chart.</summary>
    public const int MaxTextLength = 200;
}
