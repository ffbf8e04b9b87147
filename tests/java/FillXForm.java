// Fills an XForm by JavaRosa, the engine of ODK Collect, which the jar of ODK Validate carries.
//   java -cp ODK_Validate.jar FillXForm.java FORM.xml < ANSWERS.jsonl > RESULTS.jsonl
// A line in is an object of answers by question, a line out all fields of the form: answers, and what it reckons.
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.xform.util.XFormUtils;

class FillXForm {
    public static void main(String[] files) throws Exception {
        FormDef form = XFormUtils.getFormFromFormXml(files[0], null);
        form.initialize(true, new InstanceInitializationFactory());
        TreeElement root = form.getMainInstance().getRoot();
        ObjectMapper json = new ObjectMapper();
        BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            Map<?, ?> given = json.readValue(line, Map.class);
            Map<String, String> result = new LinkedHashMap<>();
            for (int i = 0; i < root.getNumChildren(); i++) {
                TreeElement field = root.getChildAt(i);
                if (!field.getName().startsWith("_") && field.isLeaf()) {
                    Object choice = given.get(field.getName());
                    SelectOneData answer = choice == null ? null : new SelectOneData(new Selection((String) choice));
                    form.setValue(answer, field.getRef(), true);
                }
            }
            for (int i = 0; i < root.getNumChildren(); i++) {
                TreeElement field = root.getChildAt(i);
                if (field.getValue() != null) {
                    result.put(field.getName(), field.getValue().uncast().getString());
                }
            }
            System.out.println(json.writeValueAsString(result));
        }
    }
}
