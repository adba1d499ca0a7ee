using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Explore;

/// <summary>A dimension and a value: picked from those that were seen, or typed.</summary>
public sealed partial class SegmentForm
{
    private string _dimension = Dimension.AppVersion.Name;
    private string? _value;

    /// <summary>Tells two forms of one page apart.</summary>
    [Parameter, EditorRequired]
    public string Purpose { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public IEnumerable<Dimension> Dimensions { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    [Parameter]
    public EventCallback<DimensionFilter> OnAdd { get; set; }

    /// <summary>Without a value it stands for the devices that did not say.</summary>
    private async Task Add()
    {
        var filter = new DimensionFilter(_dimension, _value?.Trim() ?? "");
        _value = null;
        await OnAdd.InvokeAsync(filter);
    }
}
