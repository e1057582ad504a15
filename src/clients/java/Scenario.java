import dev.tandem.client.ApiClient;

/** Works through the steps that docs/clients.md lists. Arguments: the address of the service and the name of a collection to be. */
final class Scenario {

    static final int IMPORTED = 200;

    private Scenario() {}

    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        String name = arguments[1];
        Steps steps = new Steps();
        CollectionSteps collections = new CollectionSteps(steps, client, name);
        collections.begin();
        new DocumentSteps(steps, client, name).work();
        long sequence = new TransferSteps(steps, arguments[0], name).work();
        new SearchSteps(steps, client, name).work(sequence);
        new ChangeSteps(steps, client, name).work();
        collections.end();
    }
}
