using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Panels;

/// <summary>How far back a page looks.</summary>
public sealed partial class RangeChoice
{
    [Parameter, EditorRequired]
    public PageState State { get; set; } = null!;

    private IEnumerable<ChoiceOption> Options =>
        TimeRange.All.Select(range => new ChoiceOption(range.Code, (State with { Range = range }).ToAddress(), range == State.Range, $"The {range.Words}"));
}
