using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Panels;

/// <summary>Finds a device by its app's own id, its user's reference, its key or a tag. What is typed never enters an address: it may name a person.</summary>
public sealed partial class DeviceSearchBox(DeviceFinder finder, NavigationManager navigation)
{
    private string _text = "";
    private string? _note;
    private DeviceMatches? _found;

    /// <summary>Null while it is not known.</summary>
    [Parameter]
    public string? App { get; set; }

    [Parameter, EditorRequired]
    public DevicesState State { get; set; } = null!;

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    private static string How(DeviceMatch match) => match.How switch
    {
        "id" => "has this device id",
        "user" => "is of this user",
        _ => "key begins so",
    };

    private static string Say(DimensionFilter property) =>
        property.Dimension == "device_model" ? $"model {property.Value}" : $"{property.Dimension[Dimensions.TagPrefix.Length..]} = {property.Value}";

    private string Narrowed(DimensionFilter property) => (State with { Filters = DeviceFilters.Of([property]), Page = 1 }).ToAddress();

    private async Task SearchAsync()
    {
        (_note, _found) = (null, null);
        var text = _text.Trim();
        if (text.Length == 0 || App is null)
            return;
        if (await finder.FindAsync(App, text, CancellationToken.None) is not { } found)
        {
            _note = "The database does not answer. Try again in a few seconds.";
            return;
        }

        if (found is { Devices: [var only], Properties.Count: 0 })
        {
            navigation.NavigateTo(DeviceState.Parse(State.App, State.Range, only.Key, null, null).ToAddress());
            return;
        }

        _found = found;
        if (found.Devices.Count + found.Properties.Count == 0)
            _note = $"No device, user, key, tag or model of {App} is “{text}”. Ids are compared as hashes: type them whole.";
    }
}
