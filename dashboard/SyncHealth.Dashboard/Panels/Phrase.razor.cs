using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Panels;

/// <summary>A sentence with its stresses and its times.</summary>
public sealed partial class Phrase
{
    [Parameter, EditorRequired]
    public IEnumerable<HeadlinePart> Parts { get; set; } = [];

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter, EditorRequired]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;
}
