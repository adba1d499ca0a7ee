using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Panels;

/// <summary>Range, grouping and filters. All but the selects are links: the address is the state.</summary>
public sealed partial class ControlBar(NavigationManager navigation)
{
    [Parameter, EditorRequired]
    public OverviewState State { get; set; } = null!;

    /// <summary>The values to offer; null while they are unknown.</summary>
    [Parameter]
    public AppSummary? App { get; set; }

    private IEnumerable<ChoiceOption> Ranges =>
        TimeRange.All.Select(range => new ChoiceOption(range.Code, (State with { Range = range }).ToAddress(), range == State.Range, $"The {range.Words}"));

    private IEnumerable<ChoiceOption> Groupings => Dimension.Core
        .Select(dimension => new ChoiceOption(dimension.Short, (State with { By = dimension }).ToAddress(), State.By == dimension))
        .Prepend(new ChoiceOption("none", (State with { By = null }).ToAddress(), State.By is null));

    private IEnumerable<string> Offered(Dimension dimension) =>
        (App?.Dimensions.GetValueOrDefault(dimension.Name) ?? []).Except(State.Filters.ValuesOf(dimension));

    /// <param name="option">An equals sign before the value, because a value may be empty: the device did not know.</param>
    private void Add(Dimension dimension, string? option)
    {
        if (string.IsNullOrEmpty(option))
            return;
        var filter = new DimensionFilter(dimension.Name, option[1..]);
        navigation.NavigateTo((State with { Filters = State.Filters.Toggle(filter) }).ToAddress());
    }
}
